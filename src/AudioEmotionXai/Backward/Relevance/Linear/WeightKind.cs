namespace AudioEmotionXai;

/// <summary>What a <see cref="WeightPart"/> takes of each weight.</summary>
internal enum WeightKind
{
    /// <summary>The weight itself.</summary>
    Signed,

    /// <summary>Its square.</summary>
    Square,

    /// <summary>One, whatever it is.</summary>
    One,
}
