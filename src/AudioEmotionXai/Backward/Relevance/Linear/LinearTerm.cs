namespace AudioEmotionXai;

/// <summary>One quotient of a linear rule: relevance over the sum of its branches.</summary>
/// <param name="Weight">Its share in the whole: alpha, or -beta.</param>
/// <param name="Outputs">Which outputs of the layer it serves, by the sign of their value.</param>
/// <param name="Branches">What its z is the sum of.</param>
internal sealed record LinearTerm(float Weight, OutputSign Outputs, params LinearBranch[] Branches);
