namespace AudioEmotionXai;

/// <summary>Gemm, Y = alpha*A'*B' + beta*C: dA = alpha*dY*B'ᵀ, dB = alpha*A'ᵀ*dY (each transposed back where the flag says so), dC =
/// beta*dY.</summary>
[GradientOf("Gemm")]
internal sealed record GemmGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
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
