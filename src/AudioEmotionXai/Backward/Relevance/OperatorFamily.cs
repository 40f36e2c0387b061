namespace AudioEmotionXai;

/// <summary>Operators that relevance passes in the same way.</summary>
internal enum OperatorFamily
{
    None,
    Convolution,
    Dense,
    Normalization,
    Sum,
    Route,
    Pass,
    Gate,
    Square,
}
