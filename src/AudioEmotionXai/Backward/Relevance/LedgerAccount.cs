namespace AudioEmotionXai;

/// <summary>Where relevance that does not reach an input of its node goes.</summary>
internal enum LedgerAccount
{
    /// <summary>Biases and constant summands.</summary>
    Bias,

    /// <summary>The stabiliser of a quotient.</summary>
    Epsilon,

    /// <summary>Outputs that a rule leaves out, such as gamma's zeros, and cells that a padding added.</summary>
    Dropped,
}
