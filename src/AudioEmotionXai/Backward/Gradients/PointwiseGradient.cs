namespace AudioEmotionXai;

/// <summary>A function applied to every cell by itself: the gradient times the function's derivative there.</summary>
internal abstract record PointwiseGradient : GradientRule
{
    internal sealed override void Emit(BackwardNode node)
    {
        if (node.Wants(0))
            node.Send(0, node.Emit.Mul(node.Signal, Derivative(node, node.Emit, node.Input(0), node.Output())));
        EmitParameters(node);
    }

    /// <summary>Emits the derivative.</summary>
    /// <param name="node">The node at work.</param>
    /// <param name="emit">Its emitter.</param>
    /// <param name="x">The function's argument.</param>
    /// <param name="y">The function's value, often the cheaper way to the derivative.</param>
    private protected abstract string Derivative(BackwardNode node, GraphEmitter emit, string x, string y);

    /// <summary>Sends what parameters get that are computed from the input; most functions have none.</summary>
    private protected virtual void EmitParameters(BackwardNode node)
    {
        for (int i = 1; i < node.Node.Inputs.Count; i++)
            if (node.Wants(i))
                throw node.Unsupported($"its parameter '{node.Input(i)}' is computed from the input; a constant was expected");
    }
}
