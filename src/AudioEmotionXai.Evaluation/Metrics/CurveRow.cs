namespace AudioEmotionXai.Evaluation;

/// <summary>The mean probability of the explained class while cells are deleted or inserted.</summary>
/// <param name="Method">The method.</param>
/// <param name="Deletion">At evenly spaced shares of the cells, from none to all, most relevant deleted first.</param>
/// <param name="Insertion">The same, most relevant put back first.</param>
public sealed record CurveRow(string Method, IReadOnlyList<double> Deletion, IReadOnlyList<double> Insertion);
