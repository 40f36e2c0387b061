namespace AudioEmotionXai.Evaluation;

/// <summary>A method's efficiency over all clips at one masked share with one fill.</summary>
/// <param name="Method">The method.</param>
/// <param name="Fraction">The masked share of the cells.</param>
/// <param name="Fill">What they are filled with.</param>
/// <param name="Control">What the area is compared with.</param>
/// <param name="ImportantDrop">The mean fall of probability with the method's area.</param>
/// <param name="Efficiency">How much larger it is than the control's, with its interval.</param>
public sealed record ConditionRow(
    string Method, double Fraction, FillKind Fill, MaskControl Control, double ImportantDrop, ConfidenceInterval Efficiency);
