namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    private static void Conv(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: > 2 } x || context.Shape(1) is not { } w || w.Length != x.Length)
            return;
        long[]? kernel = Numbers(w.AsSpan(2));
        if (kernel is null)
            return;
        WindowGeometry window = WindowGeometry.Of(context.Node, kernel);
        Dim[] shape = [x[0], w[0], .. new Dim[kernel.Length]];
        for (int axis = 0; axis < kernel.Length; axis++)
            shape[axis + 2] = window.OutputLength(axis, x[axis + 2]);
        context.Set(shape);
    }

    private static void ConvTranspose(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: > 2 } x || context.Shape(1) is not { } w || Numbers(w.AsSpan(2)) is not { } kernel)
            return;
        WindowGeometry window = WindowGeometry.Of(context.Node, kernel);
        long[]? declared = context.Node.GetInts("output_shape");
        Dim[] shape = [x[0], w[1] * context.Node.GetInt("group", 1), .. new Dim[kernel.Length]];
        for (int axis = 0; axis < kernel.Length; axis++)
            shape[axis + 2] = declared is null ? window.TransposedLength(axis, x[axis + 2]) : declared[axis];
        context.Set(shape);
    }

    private static void Pool(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: > 2 } x || context.Node.GetInts("kernel_shape") is not { } kernel)
            return;
        WindowGeometry window = WindowGeometry.Of(context.Node, kernel);
        Dim[] shape = [x[0], x[1], .. new Dim[kernel.Length]];
        for (int axis = 0; axis < kernel.Length; axis++)
            shape[axis + 2] = window.OutputLength(axis, x[axis + 2]);
        context.Set(shape);
        context.Set(1, OnnxElementType.Int64, shape);
    }

    private static void GlobalPool(ShapeContext context)
    {
        if (context.Shape(0) is not { Length: > 2 } x)
            return;
        Dim[] shape = [.. x];
        shape.AsSpan(2).Fill(1);
        context.Set(shape);
    }

    private static void Resize(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        bool upsample = context.Node.OpType is "Upsample";
        long[] axes = context.Node.GetInts("axes") ?? [.. Enumerable.Range(0, x.Length).Select(axis => (long)axis)];
        if (!upsample && context.Content(3) is { } sizes && context.Node.GetString("keep_aspect_ratio_policy", "stretch") is "stretch")
        {
            Dim[] shape = [.. x];
            for (int i = 0; i < axes.Length; i++)
                shape[ShapeContext.Normalize(axes[i], x.Length)] = sizes[i];
            context.Set(shape);
        }
        else if (context.Constant(upsample ? 1 : 2)?.ToFloats() is { Length: > 0 } scales)
        {
            Dim[] shape = [.. x];
            for (int i = 0; i < axes.Length; i++)
            {
                int axis = ShapeContext.Normalize(axes[i], x.Length);
                shape[axis] = Scaled(x[axis], scales[i]);
            }

            context.Set(shape);
        }
    }

    private static Dim Scaled(Dim length, float scale)
    {
        if (length.IsFixed)
            return (long)Math.Floor(length.Offset * (double)scale);
        return scale == MathF.Floor(scale) ? length * (long)scale : new Dim(FormattableString.Invariant($"floor({length}*{scale})"), 0);
    }

    private static void DepthToSpace(ShapeContext context)
    {
        long block = context.Node.GetInt("blocksize", 1);
        if (context.Shape(0) is { Length: 4 } x)
            context.Set([x[0], Dim.FloorDivide(x[1], block * block), x[2] * block, x[3] * block]);
    }

    private static void SpaceToDepth(ShapeContext context)
    {
        long block = context.Node.GetInt("blocksize", 1);
        if (context.Shape(0) is { Length: 4 } x)
            context.Set([x[0], x[1] * (block * block), Dim.FloorDivide(x[2], block), Dim.FloorDivide(x[3], block)]);
    }

    private static long[]? Numbers(ReadOnlySpan<Dim> dims)
    {
        long[] numbers = new long[dims.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            if (!dims[i].IsFixed)
                return null;
            numbers[i] = dims[i].Offset;
        }

        return numbers;
    }
}
