namespace AudioEmotionXai.Evaluation;

/// <summary>A method's place; methods that cannot be told apart from the better one share it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Rank">One more than the number of methods that are significantly better.</param>
/// <param name="Efficiency">The mean efficiency against the shape-matched control.</param>
/// <param name="IsEffective">Whether it beats both controls significantly over all clips.</param>
public sealed record RankRow(string Method, int Rank, double Efficiency, bool IsEffective);
