namespace AudioEmotionXai.Evaluation;

/// <summary>How much more masking a method's area does than masking a control, over a group of clips.</summary>
/// <param name="Method">The method.</param>
/// <param name="Group">The clips: all, an emotion, right or wrong predictions.</param>
/// <param name="Control">What the area is compared with.</param>
/// <param name="ImportantDrop">The mean fall of probability with the method's area, with its interval.</param>
/// <param name="ControlDrop">The mean fall with the control, with its interval.</param>
/// <param name="Efficiency">Their difference with its interval; the other way round for a map of unimportance. Above 0 is good.</param>
/// <param name="PValue">One-sided permutation p-value; NaN where the group is empty.</param>
/// <param name="AdjustedPValue">The same after Holm's correction over the methods.</param>
public sealed record EffectRow(
    string Method, string Group, MaskControl Control, ConfidenceInterval ImportantDrop, ConfidenceInterval ControlDrop,
    ConfidenceInterval Efficiency, double PValue, double AdjustedPValue);
