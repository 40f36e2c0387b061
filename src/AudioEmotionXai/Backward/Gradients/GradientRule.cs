namespace AudioEmotionXai;

/// <summary>The vector-Jacobian product of a family of operators. Mark it with <see cref="GradientOfAttribute"/>; the table finds
/// it.</summary>
internal abstract record GradientRule : BackwardRule;
