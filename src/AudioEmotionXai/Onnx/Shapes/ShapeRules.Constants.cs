namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    private static void Shape(ShapeContext context)
    {
        if (context.Shape(0) is not { } x)
            return;
        int start = Place(context.Node.GetInt("start", 0), x.Length);
        int end = Math.Max(start, Place(context.Node.GetInt("end", x.Length), x.Length));
        context.Set(0, OnnxElementType.Int64, [end - start], x[start..end]);
    }

    /// <summary>A place between axes; those outside are moved to the nearest end.</summary>
    private static int Place(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);

    private static void Size(ShapeContext context)
    {
        if (context.Shape(0) is { } x)
            context.Set(0, OnnxElementType.Int64, [], [Dim.Product(x)]);
    }

    private static void Constant(ShapeContext context)
    {
        if (ConstantNodes.ValueOf(context.Node) is not { } tensor)
            return;
        TensorInfo info = ShapeInference.OfConstant(tensor);
        context.Set(0, info.ElementType, info.Shape, info.Content);
    }

    private static void ConstantOfShape(ShapeContext context)
    {
        OnnxTensor? value = context.Node.GetTensor("value");
        Dim[]? shape = context.Content(0);
        OnnxElementType type = value?.ElementType ?? OnnxElementType.Float;
        Dim[]? content = type is OnnxElementType.Int64 && shape is [{ IsFixed: true, Offset: <= 64 } length]
            ? [.. Enumerable.Repeat((Dim)value!.ToInt64s()[0], (int)length.Offset)]
            : null;
        context.Set(0, type, shape, content);
    }

    private static void Range(ShapeContext context)
    {
        Dim[]? content = null;
        if (context.Numbers(0) is [long start]
            && context.Numbers(1) is [long limit]
            && context.Numbers(2) is [long delta]
            && delta != 0
            && Int128.Abs(((Int128)limit - start) / delta) <= 64)
        {
            List<Dim> values = [];
            for (Int128 value = start; delta > 0 ? value < limit : value > limit; value += delta)
                values.Add((long)value);
            content = [.. values];
        }

        Dim length = content is not null ? content.Length : new Dim($"{context.Node.Outputs[0]}[0]", 0);
        context.Set(0, context.Type(0), [length], content);
    }

    private static void OneHot(ShapeContext context)
    {
        if (context.Shape(0) is not { } indices)
            return;
        int axis = ShapeContext.Normalize(context.Node.GetInt("axis", -1), indices.Length + 1);
        Dim depth = context.Content(1) is [Dim known] ? known : new Dim($"{context.Node.Outputs[0]}[{axis}]", 0);
        context.Set(0, context.Type(2), [.. indices[..axis], depth, .. indices[axis..]]);
    }
}
