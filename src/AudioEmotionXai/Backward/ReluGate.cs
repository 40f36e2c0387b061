using AudioEmotionXai.Onnx.Shapes;

namespace AudioEmotionXai.Backward;

/// <summary>
/// One where a Relu's output is positive, else zero. Convolutional layers get it as a depthwise 1 x 1 convolution with a huge weight,
/// clipped to [0, 1]: exact for every normal number, and, unlike comparisons, an operator that runtimes keep in the blocked layout of
/// the convolutions around it, so that nothing is copied from one layout to the other.
/// </summary>
internal static class ReluGate
{
    // The largest power of two whose product with the smallest normal float is at least 1
    private const float Huge = 1.7014118e38f;
    private const int Block = 16;

    /// <param name="node">A Relu.</param>
    public static string Emit(BackwardNode node)
    {
        Dim[] shape = node.OutputShape();
        if (shape is not [_, { IsFixed: true } channels, _, _] || channels.Offset % Block != 0)
            return node.Emit.Step(node.Output());
        long count = channels.Offset;
        string weight = node.Emit.FloatsOnce($"gate:{count}", () => ([.. Enumerable.Repeat(Huge, (int)count)], [count, 1, 1, 1]));
        string scaled = node.Emit.Node("Conv", [node.Output(), weight], conv => conv
            .Set("kernel_shape", [1L, 1L]).Set("strides", [1L, 1L]).Set("dilations", [1L, 1L]).Set("pads", [0L, 0L, 0L, 0L]).Set("group", count));
        return node.Emit.Node("Clip", [scaled, node.Emit.Scalar(0), node.Emit.Scalar(1)]);
    }
}
