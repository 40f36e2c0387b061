namespace AudioEmotionXai;

/// <summary>AveragePool: each window's gradient divided by the cells it averaged, spread over these by the transposed convolution with
/// ones.</summary>
[GradientOf("AveragePool")]
internal sealed record AveragePoolGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        long[] kernel = node.Node.GetInts("kernel_shape") ?? throw node.Unsupported("it has no kernel_shape");
        WindowGeometry window = WindowGeometry.Of(node.Node, kernel);
        if (node.InputShape(0)[1] is not { IsFixed: true } channels)
            throw node.Unsupported("its number of channels is not fixed");
        string ones = emit.FloatsOnce(
            $"ones:{channels.Offset}:{string.Join(',', kernel)}",
            () => (Ones([channels.Offset, .. kernel]), [channels.Offset, 1, .. kernel]));
        string share = new AveragedCells(node, window).Divide(node.Signal);
        node.Send(0, TransposedConvolution.Emit(node, share, ones, window, channels.Offset));
    }

    private static float[] Ones(ReadOnlySpan<long> lengths)
    {
        float[] ones = GraphEmitter.NewFloats(lengths);
        ones.AsSpan().Fill(1);
        return ones;
    }
}
