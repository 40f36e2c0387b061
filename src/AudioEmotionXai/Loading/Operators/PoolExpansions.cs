namespace AudioEmotionXai;

/// <summary>Pools by norms: the p-th root of a sum of p-th powers.</summary>
internal static class PoolExpansions
{
    /// <summary>The sum over windows is a convolution with ones, channel by channel.</summary>
    public static void Lp(Expansion at)
    {
        GraphEmitter emit = at.Emit;
        Dim[] shape = at.Shape(0);
        long channels = Expansion.Fixed(shape[1], "its number of channels"), p = at.Node.GetInt("p", 2);
        Expansion.Require(at.Node.GetInt("ceil_mode", 0) == 0, "it rounds lengths up (ceil_mode)");
        long[] kernel = at.Node.GetInts("kernel_shape") ?? [];
        float[] ones = GraphEmitter.NewFloats([channels, .. kernel]);
        Array.Fill(ones, 1);
        string sum = emit.Node("Conv", [Powered(emit, at.Input(0), p), emit.Floats("ones", ones, [channels, 1, .. kernel])], conv =>
        {
            conv.SetAttributesOf(at.Node).Set("group", channels);
            conv.Remove("p");
            conv.Remove("ceil_mode");
        });
        at.Write(Rooted(emit, sum, p));
    }

    public static void GlobalLp(Expansion at)
    {
        long p = at.Node.GetInt("p", 2);
        long[] axes = GraphEmitter.Axes(2, at.Rank(0));
        at.Write(Rooted(at.Emit, at.Emit.ReduceSum(Powered(at.Emit, at.Input(0), p), axes), p));
    }

    private static string Powered(GraphEmitter emit, string x, long p) => p switch
    {
        1 => emit.Abs(x),
        2 => emit.Mul(x, x),
        _ => emit.Pow(emit.Abs(x), emit.Scalar(p)),
    };

    private static string Rooted(GraphEmitter emit, string sum, long p) => p switch
    {
        1 => sum,
        2 => emit.Sqrt(sum),
        _ => emit.Pow(sum, emit.Scalar(1f / p)),
    };
}
