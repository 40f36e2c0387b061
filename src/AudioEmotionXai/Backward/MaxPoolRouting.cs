using AudioEmotionXai.Onnx.Shapes;

namespace AudioEmotionXai.Backward;

/// <summary>Sends what arrives at a max pool's outputs to the winners, for gradients and relevance alike.</summary>
internal static class MaxPoolRouting
{
    /// <summary>Returns a tensor of the pool's input shape: each window's signal at its first maximum, overlaps summed.</summary>
    public static string Emit(BackwardNode node, string signal)
    {
        if (node.Opset < 16 && Overlaps(node))
            throw node.Unsupported("its windows overlap, and adding up their shares takes operator set 16 or later");
        GraphEmitter emit = node.Emit;
        string indices = Indices(node);
        string input = node.Input(0);
        string zeros = emit.Expand(emit.Scalar(0), emit.Reshape(emit.Node("Size", [input]), 1));
        string scattered = emit.Node("ScatterElements", [zeros, emit.Reshape(indices, -1), emit.Reshape(signal, -1)], scatter =>
        {
            scatter.Set("axis", 0);
            if (node.Opset >= 16)
                scatter.Set("reduction", "add");
        });
        return emit.ReshapeLike(scattered, input);
    }

    private static bool Overlaps(BackwardNode node)
    {
        WindowGeometry window = WindowGeometry.Of(node.Node, node.Node.GetInts("kernel_shape")!);
        return Enumerable.Range(0, window.Axes).Any(axis => window.Extent(axis) > window.Strides[axis]);
    }

    /// <summary>The flat index of each window's winner. The pool is asked for it in a node of its own, so that the forward one stays fast.</summary>
    private static string Indices(BackwardNode node)
    {
        if (node.Node.GetInt("storage_order", 0) != 0)
            throw node.Unsupported("its storage_order is column-major; row-major was expected");
        string[] outputs = node.Emit.Nodes("MaxPool", [node.Input(0)], 2, pool =>
        {
            foreach (string name in (ReadOnlySpan<string>)["kernel_shape", "strides", "pads", "dilations"])
                if (node.Node.GetInts(name) is { } values)
                    pool.Set(name, values);
            pool.Set("auto_pad", node.Node.GetString("auto_pad", "NOTSET")).Set("ceil_mode", node.Node.GetInt("ceil_mode", 0));
        });
        return outputs[1];
    }
}
