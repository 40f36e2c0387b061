namespace AudioEmotionXai;

/// <summary>One part of a term's z: a linear map of part of the input with part of the weights.</summary>
/// <param name="Input">The part of the input.</param>
/// <param name="Weight">The part of the weights, any coefficient included.</param>
/// <param name="Bias">Whether the same part of the bias is added.</param>
internal readonly record struct LinearBranch(InputPart Input, WeightPart Weight, bool Bias);
