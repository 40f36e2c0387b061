namespace AudioEmotionXai;

/// <summary>MatMul, Y = A B: dA = dY Bᵀ, dB = Aᵀ dY, summed over batches that were broadcast; vectors count as one row (A) or column
/// (B).</summary>
[GradientOf("MatMul")]
internal sealed record MatMulGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        Dim[] a = node.InputShape(0);
        Dim[] b = node.InputShape(1);
        string signal = AsMatrices(node, a.Length, b.Length);
        Dim[] batch = ShapeRules.BroadcastShapes(a.Length > 2 ? a[..^2] : [], b.Length > 2 ? b[..^2] : [])!;
        if (node.Wants(0))
        {
            string product = node.Emit.MatMul(signal, b.Length == 1 ? node.Emit.Unsqueeze(node.Input(1), 0) : Transposed(node, 1));
            node.Send(0, Broadcasting.SumTo(node, product, [.. batch, a.Length == 1 ? 1 : a[^2], a[^1]], 0));
        }

        if (node.Wants(1))
        {
            string product = node.Emit.MatMul(a.Length == 1 ? node.Emit.Unsqueeze(node.Input(0), 1) : Transposed(node, 0), signal);
            Dim[] shape = [.. batch, b.Length == 1 ? b[^1] : b[^2], b.Length == 1 ? 1 : b[^1]];
            if (b.Length == 1)
                (product, shape) = (node.Emit.Squeeze(product, shape.Length - 1), shape[..^1]);
            node.Send(1, Broadcasting.SumTo(node, product, shape, 1));
        }
    }

    /// <summary>The signal with the axes back that a vector on either side left out.</summary>
    private static string AsMatrices(BackwardNode node, int rankA, int rankB)
    {
        int rank = node.OutputShape().Length;
        if (rankB == 1)
            return node.Emit.Unsqueeze(node.Signal, rankA == 1 ? [0, 1] : [rank]);
        return rankA == 1 ? node.Emit.Unsqueeze(node.Signal, rank - 1) : node.Signal;
    }

    private static string Transposed(BackwardNode node, int input)
    {
        if (node.Constant(input) is { ElementType: OnnxElementType.Float, Shape.Count: 2 } constant)
            return node.Emit.FloatsOnce($"transposed:{constant.Name}", () => Transpose(constant));
        long[] order = Standardization.Axes(0, node.InputShape(input).Length);
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return node.Emit.Transpose(node.Input(input), order);
    }

    private static (float[] Values, long[] Shape) Transpose(OnnxTensor matrix)
    {
        float[] values = matrix.ToFloats();
        int rows = (int)matrix.Shape[0];
        int columns = (int)matrix.Shape[1];
        float[] transposed = new float[values.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[(column * rows) + row] = values[(row * columns) + column];
        return (transposed, [columns, rows]);
    }
}
