namespace AudioEmotionXai;

/// <summary>Concat: every part gets its stretch of the gradient.</summary>
[GradientOf("Concat")]
internal sealed record ConcatGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", 0), rank);
        string? start = null;
        Dim known = 0;
        for (int i = 0; i < node.Node.Inputs.Count; i++)
        {
            Dim length = node.InputShape(i)[axis];
            if (node.Wants(i))
                node.Send(i, Stretch(node, axis, start, known, length, i));
            if (start is null && known.IsFixed && length.IsFixed)
                known += length;
            else
                start = node.Emit.Add(start ?? node.Emit.Integers(known.Offset), node.Emit.Length(length, node.Input(i), axis));
        }
    }

    private static string Stretch(BackwardNode node, int axis, string? start, Dim known, Dim length, int input)
    {
        GraphEmitter emit = node.Emit;
        if (start is null && input == node.Node.Inputs.Count - 1)
            return emit.Slice(node.Signal, [known.Offset], [int.MaxValue], [axis]);
        if (start is null && length.IsFixed)
            return emit.Slice(node.Signal, [known.Offset], [known.Offset + length.Offset], [axis]);
        string from = start ?? emit.Integers(known.Offset);
        return emit.Node("Slice", [node.Signal, from, emit.Add(from, emit.Length(length, node.Input(input), axis)), emit.Integers(axis)]);
    }
}
