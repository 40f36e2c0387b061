namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    private static void Gemm(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: 2 } a || context.Shape(1) is not { Length: 2 } b)
            return;
        context.Set([a[context.Node.GetInt("transA", 0) != 0 ? 1 : 0], b[context.Node.GetInt("transB", 0) != 0 ? 0 : 1]]);
    }

    private static void MatMul(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: > 0 } a || context.Shape(1) is not { Length: > 0 } b)
            return;
        Dim[]? batch = BroadcastShapes(a.Length > 2 ? a[..^2] : [], b.Length > 2 ? b[..^2] : []);
        Dim[] rows = a.Length > 1 ? [a[^2]] : [];
        Dim[] columns = b.Length > 1 ? [b[^1]] : [];
        context.Set([.. batch!, .. rows, .. columns]);
    }

    private static void Reduce(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        long[]? axes = context.Node.GetInts("axes");
        if (axes is null && context.Node.HasInput(1))
        {
            axes = context.Numbers(1);
            if (axes is null)
                return;
        }

        bool none = axes is null or { Length: 0 };
        if (none && context.Node.GetInt("noop_with_empty_axes", 0) != 0)
        {
            context.Set(x);
            return;
        }

        bool keep = context.Node.GetInt("keepdims", 1) != 0;
        List<Dim> shape = [];
        for (int axis = 0; axis < x.Length; axis++)
        {
            bool reduced = none || axes!.Any(given => ShapeContext.Normalize(given, x.Length) == axis);
            if (!reduced)
                shape.Add(x[axis]);
            else if (keep)
                shape.Add(1);
        }

        context.Set([.. shape]);
    }

    private static void Arg(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", 0), x.Length);
        Dim[] shape = context.Node.GetInt("keepdims", 1) != 0 ? [.. x[..axis], 1, .. x[(axis + 1)..]] : [.. x[..axis], .. x[(axis + 1)..]];
        context.Set(0, OnnxElementType.Int64, shape);
    }
}
