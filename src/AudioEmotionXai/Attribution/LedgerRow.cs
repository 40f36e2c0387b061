namespace AudioEmotionXai;

/// <summary>What happened to one item's relevance at one node. In = Out + Bias + Epsilon + Dropped, up to rounding.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="In">What arrived.</param>
/// <param name="Out">What was handed on.</param>
/// <param name="Bias">What biases and constants took.</param>
/// <param name="Epsilon">What stabilisers took.</param>
/// <param name="Dropped">What a rule left out.</param>
/// <param name="Size">The sum of the absolute values handed on.</param>
internal readonly record struct LedgerRow(string Node, double In, double Out, double Bias, double Epsilon, double Dropped, double Size)
{
    public double Lost => In - Out;

    public static LedgerRow Of(string output, ReadOnlySpan<float> row) =>
        new(output[RelevanceLedger.Prefix.Length..], row[0], row[1], row[2], row[3], row[4], row[5]);
}
