namespace AudioEmotionXai;

/// <summary>What is known of a tensor's sign at compile time.</summary>
internal enum Sign
{
    Unknown,
    NonNegative,
    NonPositive,
}
