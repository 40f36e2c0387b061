namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    /// <summary>Scan: states keep their shapes, sequences get an axis of the steps.</summary>
    private static void Scan(ShapeContext context)
    {
        if (ScanForm.Of(context.Node) is not { } form || form.Infer(context.Model, context.Table) is not { } body)
            return;
        for (int state = 0; state < form.States; state++)
            context.Set(state, context.Type(state), context.Shape(state));
        Dim steps = context.Shape(form.States) is { } sequence
            ? sequence[ShapeContext.Normalize(form.InputAxis(0), sequence.Length)]
            : new Dim($"{context.Node.Outputs[0]}[steps]", 0);
        for (int output = form.States; output < body.Outputs.Length; output++)
        {
            TensorInfo slice = body.Output(output);
            Dim[]? shape = slice.Shape is { } known ? Inserted(known, form.OutputAxis(output - form.States), steps) : null;
            context.Set(output, slice.ElementType, shape);
        }
    }

    /// <summary>Loop: what is carried keeps its shape, as far as the body says so; sequences get an axis of the rounds.</summary>
    private static void Loop(ShapeContext context)
    {
        if (context.Node.GetGraph("body") is null)
            return;
        int carried = context.Node.Inputs.Count - 2;
        BodyGraph body = LoopForm.Infer(context.Node, context.Model, context.Table);
        Dim rounds = new($"{context.Node.Outputs.First(output => output.Length > 0)}[rounds]", 0);
        for (int output = 1; output < body.Outputs.Length; output++)
        {
            TensorInfo info = body.Output(output);
            Dim[]? shape =
                output <= carried ? Agreed(context.Shape(output + 1), info.Shape)
                : info.Shape is { } slice ? [rounds, .. slice]
                : null;
            context.Set(output - 1, info.ElementType, shape);
        }
    }

    /// <summary>If: what both branches agree on.</summary>
    private static void If(ShapeContext context)
    {
        if (context.Node.GetGraph("then_branch") is not { } yes || context.Node.GetGraph("else_branch") is not { } no)
            return;
        BodyGraph first = BodyGraph.Of(context.Model, context.Table, yes), second = BodyGraph.Of(context.Model, context.Table, no);
        for (int output = 0; output < first.Outputs.Length && output < second.Outputs.Length; output++)
            context.Set(output, first.Output(output).ElementType, Agreed(first.Output(output).Shape, second.Output(output).Shape));
    }

    private static Dim[] Inserted(Dim[] shape, long axis, Dim length)
    {
        int at = ShapeContext.Normalize(axis, shape.Length + 1);
        return [.. shape[..at], length, .. shape[at..]];
    }

    private static Dim[]? Agreed(Dim[]? first, Dim[]? second) =>
        first is not null && second is not null && first.AsSpan().SequenceEqual(second) ? first : null;
}
