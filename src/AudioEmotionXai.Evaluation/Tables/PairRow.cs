namespace AudioEmotionXai.Evaluation;

/// <summary>Two methods compared clip by clip, by efficiency against the shape-matched control.</summary>
/// <param name="First">The method with the larger mean.</param>
/// <param name="Second">The other one.</param>
/// <param name="Difference">First minus second, with its interval.</param>
/// <param name="PValue">Two-sided sign-flip p-value.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over all pairs.</param>
public sealed record PairRow(string First, string Second, ConfidenceInterval Difference, double PValue, double AdjustedPValue);
