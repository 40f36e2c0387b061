namespace AudioEmotionXai;

/// <summary>LpNormalization, y = x / n with the norm n along an axis: dx = (dy - dn sum(dy y)) / n, where dn is y for p = 2 and sign(x) for
/// p = 1.</summary>
[GradientOf("LpNormalization")]
internal sealed record LpNormalizationGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string x = node.Input(0);
        long[] axis = [ShapeContext.Normalize(node.Node.GetInt("axis", -1), node.InputShape(0).Length)];
        bool squares = node.Node.GetInt("p", 2) == 2;
        string norm = squares ? emit.Sqrt(emit.ReduceSum(emit.Square(x), axis)) : emit.ReduceSum(emit.Abs(x), axis);
        string grown = emit.Mul(squares ? node.Output() : emit.Sign(x), emit.ReduceSum(emit.Mul(node.Signal, node.Output()), axis));
        node.Send(0, emit.Div(emit.Sub(node.Signal, grown), norm));
    }
}
