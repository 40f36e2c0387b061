namespace AudioEmotionXai;

internal static partial class ShapeRules
{
    /// <summary>The shape two tensors broadcast to; different free lengths are taken to be equal at run time.</summary>
    public static Dim[]? BroadcastShapes(Dim[]? left, Dim[]? right)
    {
        if (left is null || right is null)
            return null;
        Dim[] result = new Dim[Math.Max(left.Length, right.Length)];
        for (int i = 1; i <= result.Length; i++)
        {
            Dim a = i <= left.Length ? left[^i] : 1;
            Dim b = i <= right.Length ? right[^i] : 1;
            result[^i] = a == 1 ? b : b == 1 || a.IsFixed ? a : b.IsFixed ? b : a;
        }

        return result;
    }

    private static void SameAsFirst(ShapeContext context)
    {
        Dim[]? content = context.Node.OpType is "Identity" ? context.Content(0) : null;
        context.Set(0, context.Type(0), context.Shape(0), content);
        if (context.Node.OpType is "Dropout")
            context.Set(1, OnnxElementType.Bool, context.Shape(0));
    }

    private static void Broadcast(ShapeContext context)
    {
        Dim[]? shape = context.Shape(0);
        for (int i = 1; i < context.InputCount; i++)
            shape = BroadcastShapes(shape, context.Shape(i));
        context.Set(0, context.Type(0), shape, shape is { Length: <= 1 } ? Arithmetic(context) : null);
    }

    private static Dim[]? Arithmetic(ShapeContext context)
    {
        if (context.InputCount != 2 || context.Content(0) is not { } left || context.Content(1) is not { } right)
            return null;
        Dim[] result = new Dim[Math.Max(left.Length, right.Length)];
        for (int i = 0; i < result.Length; i++)
        {
            Dim a = left[left.Length == 1 ? 0 : i];
            Dim b = right[right.Length == 1 ? 0 : i];
            Dim? value = context.Node.OpType switch
            {
                "Add" => a + b,
                "Sub" => a - b,
                "Mul" => a * b,
                "Div" when b is { IsFixed: true, Offset: > 0 } => Dim.FloorDivide(a, b.Offset),
                _ => null,
            };
            if (value is null)
                return null;
            result[i] = value.Value;
        }

        return result;
    }

    private static void Compare(ShapeContext context)
    {
        Dim[]? shape = BroadcastShapes(context.Shape(0), context.Shape(1));
        context.Set(
            0, OnnxElementType.Bool, shape, shape is { Length: <= 1 } && context.Node.OpType is "Equal" ? EqualContent(context) : null);
    }

    /// <summary>Ones and zeros for lengths that are known to be equal or not; a free length is never a negative number.</summary>
    private static Dim[]? EqualContent(ShapeContext context)
    {
        if (context.Content(0) is not { } left || context.Content(1) is not { } right)
            return null;
        Dim[] result = new Dim[Math.Max(left.Length, right.Length)];
        for (int i = 0; i < result.Length; i++)
        {
            Dim a = left[left.Length == 1 ? 0 : i];
            Dim b = right[right.Length == 1 ? 0 : i];
            if (a != b && !(a.IsFixed && b.IsFixed) && !(a is { IsFixed: true, Offset: < 0 } || b is { IsFixed: true, Offset: < 0 }))
                return null;
            result[i] = a == b ? 1 : 0;
        }

        return result;
    }

    private static void Where(ShapeContext context)
    {
        Dim[]? shape = BroadcastShapes(context.Shape(0), BroadcastShapes(context.Shape(1), context.Shape(2)));
        Dim[]? content = null;
        if (shape is { Length: <= 1 } && context.Numbers(0) is { } chosen && context.Content(1) is { } yes && context.Content(2) is { } no)
        {
            content = new Dim[Math.Max(chosen.Length, Math.Max(yes.Length, no.Length))];
            for (int i = 0; i < content.Length; i++)
                content[i] = chosen[chosen.Length == 1 ? 0 : i] != 0 ? yes[yes.Length == 1 ? 0 : i] : no[no.Length == 1 ? 0 : i];
        }

        context.Set(0, context.Type(1), shape, content);
    }

    private static void Cast(ShapeContext context)
    {
        OnnxElementType type = context.Node.OpType is "CastLike" ? context.Type(1) : (OnnxElementType)context.Node.GetInt("to", 0);
        context.Set(0, type, context.Shape(0), type is OnnxElementType.Int64 or OnnxElementType.Int32 ? context.Content(0) : null);
    }
}
