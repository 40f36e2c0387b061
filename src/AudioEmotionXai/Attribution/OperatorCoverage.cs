namespace AudioEmotionXai;

/// <summary>How often a model uses an operator, and whether gradients pass back through it.</summary>
/// <param name="Operator">The operator, with its domain unless that is the standard one.</param>
/// <param name="Count">How many nodes.</param>
/// <param name="HasGradient">Whether there is a gradient rule. An operator without one only matters where the score depends on the input
/// through it.</param>
public sealed record OperatorCoverage(string Operator, int Count, bool HasGradient);
