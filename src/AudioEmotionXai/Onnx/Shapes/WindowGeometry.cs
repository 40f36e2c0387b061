namespace AudioEmotionXai;

/// <summary>How a convolution's or pool's window moves: kernel, strides, dilations and paddings per spatial axis, with ONNX's
/// defaults.</summary>
internal sealed class WindowGeometry
{
    private const long LargestStep = 1 << 24;
    private readonly bool _ceil;

    private WindowGeometry(long[] kernel, long[] strides, long[] dilations, long[]? pads, string autoPad, long[] outputPadding, bool ceil)
    {
        Kernel = kernel;
        Strides = strides;
        Dilations = dilations;
        ExplicitPads = pads;
        AutoPad = autoPad;
        OutputPadding = outputPadding;
        _ceil = ceil;
    }

    public long[] Kernel { get; }

    public long[] Strides { get; }

    public long[] Dilations { get; }

    public long[] OutputPadding { get; }

    /// <summary>NOTSET, VALID, SAME_UPPER or SAME_LOWER.</summary>
    public string AutoPad { get; }

    /// <summary>Begins, then ends; null where the paddings follow from the input's length.</summary>
    public long[]? ExplicitPads { get; }

    public int Axes => Kernel.Length;

    public static WindowGeometry Of(OnnxNode node, long[] kernel)
    {
        int axes = kernel.Length;
        string autoPad = node.GetString("auto_pad", "NOTSET");
        long[]? pads = autoPad switch
        {
            "SAME_UPPER" or "SAME_LOWER" => null,
            "VALID" => new long[2 * axes],
            _ => node.GetInts("pads") ?? new long[2 * axes],
        };
        long[] strides = node.GetInts("strides") ?? Ones(axes),
            dilations = node.GetInts("dilations") ?? Ones(axes),
            outputPadding = node.GetInts("output_padding") ?? new long[axes];
        ThrowIfUnfit(kernel, axes, 1, "kernel_shape");
        ThrowIfUnfit(strides, axes, 1, "strides");
        ThrowIfUnfit(dilations, axes, 1, "dilations");
        ThrowIfUnfit(pads ?? new long[2 * axes], 2 * axes, -LargestStep, "pads");
        ThrowIfUnfit(outputPadding, axes, 0, "output_padding");
        return new WindowGeometry(kernel, strides, dilations, pads, autoPad, outputPadding, node.GetInt("ceil_mode", 0) != 0);
    }

    /// <summary>The cells a window spans, dilation included.</summary>
    public long Extent(int axis) => (Dilations[axis] * (Kernel[axis] - 1)) + 1;

    public Dim OutputLength(int axis, Dim input)
    {
        if (ExplicitPads is null)
            return Dim.CeilDivide(input, Strides[axis]);
        Dim room = input + ExplicitPads[axis] + ExplicitPads[axis + Axes] - Extent(axis);
        if (!_ceil)
            return Dim.FloorDivide(room, Strides[axis]) + 1;
        Dim length = Dim.CeilDivide(room, Strides[axis]) + 1;
        // A window that would start in the padding behind the input is left out
        bool startsOutside = length.IsFixed && input.IsFixed && (length.Offset - 1) * Strides[axis] >= input.Offset + ExplicitPads[axis];
        return startsOutside ? length - 1 : length;
    }

    public Dim TransposedLength(int axis, Dim input)
    {
        if (ExplicitPads is null)
            return (input * Strides[axis]) + Math.Min(0, OutputPadding[axis] + Extent(axis) - Strides[axis]);
        return ((input - 1) * Strides[axis]) + OutputPadding[axis] + Extent(axis) - ExplicitPads[axis] - ExplicitPads[axis + Axes];
    }

    /// <summary>Paddings before and after the axis, where they follow from a known length too.</summary>
    public (long Begin, long End)? PadsFor(int axis, Dim input)
    {
        if (ExplicitPads is not null)
            return (ExplicitPads[axis], ExplicitPads[axis + Axes]);
        if (!input.IsFixed)
            return null;
        long output = (input.Offset + Strides[axis] - 1) / Strides[axis];
        long total = Math.Max(0, ((output - 1) * Strides[axis]) + Extent(axis) - input.Offset);
        return AutoPad is "SAME_LOWER" ? (total - (total / 2), total / 2) : (total / 2, total - (total / 2));
    }

    private static void ThrowIfUnfit(long[] values, int count, long least, string attribute)
    {
        if (values.Length != count || values.Any(value => value < least || value > LargestStep))
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"'{attribute}' is [{string.Join(", ", values.Take(16))}]; {count} numbers from {least} to {LargestStep} were expected."
                ));
    }

    private static long[] Ones(int axes)
    {
        long[] ones = new long[axes];
        ones.AsSpan().Fill(1);
        return ones;
    }
}
