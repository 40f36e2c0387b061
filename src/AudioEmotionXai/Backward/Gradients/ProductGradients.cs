namespace AudioEmotionXai;

/// <summary>MatMul, Y = A B: dA = dY Bᵀ, dB = Aᵀ dY, summed over batches that were broadcast; vectors count as one row (A) or column
/// (B).</summary>
internal static class MatMulGradient
{
    public static void Emit(BackwardNode node)
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
            return node.Emit.TransposedMatrix(constant);
        long[] order = GraphEmitter.Axes(0, node.InputShape(input).Length);
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return node.Emit.Transpose(node.Input(input), order);
    }
}

/// <summary>Gemm, Y = alpha*A'*B' + beta*C: dA = alpha*dY*B'ᵀ, dB = alpha*A'ᵀ*dY (each transposed back where the flag says so), dC =
/// beta*dY.</summary>
internal static class GemmGradient
{
    public static void Emit(BackwardNode node)
    {
        bool transA = node.Node.GetInt("transA", 0) != 0;
        bool transB = node.Node.GetInt("transB", 0) != 0;
        float alpha = node.Node.GetFloat("alpha", 1);
        string signal = node.Signal;
        if (node.Wants(0))
            node.Send(
                0,
                transA
                    ? Product(node, node.Input(1), signal, transB, true, alpha)
                    : Product(node, signal, node.Input(1), false, !transB, alpha));
        if (node.Wants(1))
            node.Send(
                1,
                transB
                    ? Product(node, signal, node.Input(0), true, transA, alpha)
                    : Product(node, node.Input(0), signal, !transA, false, alpha));
        if (node.Wants(2))
            node.Send(2, Broadcasting.SumTo(node, node.Emit.Mul(signal, node.Emit.Scalar(node.Node.GetFloat("beta", 1))), 2));
    }

    private static string Product(BackwardNode node, string left, string right, bool transLeft, bool transRight, float alpha) =>
        node.Emit.Node(
            "Gemm", [left, right], gemm => gemm.Set("transA", transLeft ? 1 : 0).Set("transB", transRight ? 1 : 0).Set("alpha", alpha));
}
