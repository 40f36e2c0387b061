namespace AudioEmotionXai;

/// <summary>The operators that rules use, in the spelling of the model's operator set (11 and later).</summary>
internal sealed partial class GraphEmitter
{
    public string Add(string left, string right) => Node("Add", [left, right]);
    public string Sub(string left, string right) => Node("Sub", [left, right]);
    public string Mul(string left, string right) => Node("Mul", [left, right]);
    public string Div(string left, string right) => Node("Div", [left, right]);
    public string Neg(string x) => Node("Neg", [x]);
    public string Abs(string x) => Node("Abs", [x]);
    public string Sqrt(string x) => Node("Sqrt", [x]);
    public string Exp(string x) => Node("Exp", [x]);
    public string Reciprocal(string x) => Node("Reciprocal", [x]);
    public string Relu(string x) => Node("Relu", [x]);
    public string Max(string left, string right) => Node("Max", [left, right]);
    public string Min(string left, string right) => Node("Min", [left, right]);
    public string Square(string x) => Mul(x, x);
    public string Equal(string left, string right) => Node("Equal", [left, right]);
    public string Less(string left, string right) => Node("Less", [left, right]);
    public string Greater(string left, string right) => Node("Greater", [left, right]);
    public string And(string left, string right) => Node("And", [left, right]);
    public string Not(string x) => Node("Not", [x]);
    public string Where(string condition, string yes, string no) => Node("Where", [condition, yes, no]);
    public string Cast(string x, OnnxElementType type) => Node("Cast", [x], node => node.Set("to", (long)type));
    public string ToFloat(string x) => Cast(x, OnnxElementType.Float);

    /// <summary>One where x &gt; 0, else zero.</summary>
    public string Step(string x) => ToFloat(Greater(x, Scalar(0)));

    /// <summary>A value where x &gt; 0, else zero, whatever the value is there.</summary>
    public string WherePositive(string x, string value) => Where(Greater(x, Scalar(0)), value, Scalar(0));

    public string MatMul(string left, string right) => Node("MatMul", [left, right]);

    public string Transpose(string x, params ReadOnlySpan<long> order)
    {
        long[] copy = order.ToArray();
        return Node("Transpose", [x], node => node.Set("perm", copy));
    }

    public string ShapeOf(string x) => Node("Shape", [x]);

    /// <summary>Reshapes to the shape held by an int64 tensor.</summary>
    public string Reshape(string x, string shape) => Node("Reshape", [x, shape]);

    /// <summary>Reshapes to constant lengths; 0 copies the length of x, -1 is what remains.</summary>
    public string Reshape(string x, params ReadOnlySpan<long> shape) => Node("Reshape", [x, Integers(shape)]);

    /// <summary>Reshapes to the run-time shape of another tensor.</summary>
    public string ReshapeLike(string x, string other) => Reshape(x, ShapeOf(other));

    public string Expand(string x, string shape) => Node("Expand", [x, shape]);
    public string ExpandLike(string x, string other) => Expand(x, ShapeOf(other));

    public string ReduceSum(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        Reduce("ReduceSum", x, axes, keepDims, axesAreInputFrom: 13);

    public string ReduceMean(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        Reduce("ReduceMean", x, axes, keepDims, axesAreInputFrom: 18);

    public string ReduceMax(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        Reduce("ReduceMax", x, axes, keepDims, axesAreInputFrom: 18);

    public string ReduceMin(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        Reduce("ReduceMin", x, axes, keepDims, axesAreInputFrom: 18);

    public string ReduceProd(string x, ReadOnlySpan<long> axes, bool keepDims = true) =>
        Reduce("ReduceProd", x, axes, keepDims, axesAreInputFrom: 18);

    public string Unsqueeze(string x, params ReadOnlySpan<long> axes) => WithAxes("Unsqueeze", x, axes, axesAreInputFrom: 13, _ => { });
    public string Squeeze(string x, params ReadOnlySpan<long> axes) => WithAxes("Squeeze", x, axes, axesAreInputFrom: 13, _ => { });

    public string Concat(ReadOnlySpan<string> parts, long axis) =>
        parts.Length == 1 ? parts[0] : Node("Concat", parts, node => node.Set("axis", axis));

    /// <summary>Cuts into equal parts.</summary>
    public string[] Split(string x, int parts, long axis) => Nodes("Split", [x], parts, node =>
    {
        node.Set("axis", axis);
        if (Opset >= 18)
            node.Set("num_outputs", parts);
    });

    /// <summary>Cuts from start to end (excluded) along the axes.</summary>
    public string Slice(string x, ReadOnlySpan<long> starts, ReadOnlySpan<long> ends, ReadOnlySpan<long> axes) =>
        Node("Slice", [x, Integers(starts), Integers(ends), Integers(axes)]);

    /// <summary>Cuts x to the run-time lengths of another tensor along the axes, from the front.</summary>
    public string CropLike(string x, string other, ReadOnlySpan<long> axes)
    {
        string lengths = Node("Gather", [ShapeOf(other), Integers(axes)]);
        return Node("Slice", [x, Integers(new long[axes.Length]), lengths, Integers(axes)]);
    }

    /// <summary>Pads with zeros: begins, then ends, for every axis.</summary>
    public string Pad(string x, ReadOnlySpan<long> pads) => Node("Pad", [x, Integers(pads)]);

    /// <summary>Resizes to the lengths held by an int64 tensor: linear, half-pixel centres, edges repeated.</summary>
    public string ResizeLinear(string x, string lengths)
    {
        string none = Opset >= 13 ? "" : Floats("none", [], 0);
        return Node(
            "Resize", [x, none, none, lengths], node => node.Set("mode", "linear").Set("coordinate_transformation_mode", "half_pixel"));
    }

    public string ArgMax(string x, long axis) => Node("ArgMax", [x], node => node.Set("axis", axis).Set("keepdims", 0));

    /// <summary>Rows with a one at the index: (N) to (N, depth), float32.</summary>
    public string OneHot(string indices, long depth) =>
        Node("OneHot", [indices, Integer(depth), Floats("off-on", [0f, 1f], 2)], node => node.Set("axis", -1));

    public string Softmax(string x, long axis) => Node("Softmax", [x], node => node.Set("axis", axis));
    public string Log(string x) => Node("Log", [x]);
    public string Sign(string x) => Node("Sign", [x]);
    public string Tanh(string x) => Node("Tanh", [x]);
    public string Sigmoid(string x) => Node("Sigmoid", [x]);
    public string Pow(string x, string exponent) => Node("Pow", [x, exponent]);
    public string Scale(string x, float factor) => factor == 1 ? x : Mul(x, Scalar(factor));
    public string Shift(string x, float summand) => summand == 0 ? x : Add(x, Scalar(summand));

    /// <summary>One minus x.</summary>
    public string Complement(string x) => Sub(Scalar(1), x);

    /// <summary>One where both are equal, else zero.</summary>
    public string Same(string left, string right) => ToFloat(Equal(left, right));

    /// <summary>The density of the standard normal distribution.</summary>
    public string NormalDensity(string x) => Scale(Exp(Scale(Square(x), -0.5f)), (float)(1 / Math.Sqrt(2 * Math.PI)));

    /// <summary>The distribution function of the standard normal distribution.</summary>
    public string NormalDistribution(string x) => Scale(Shift(Node("Erf", [Scale(x, (float)(1 / Math.Sqrt(2)))]), 1), 0.5f);

    private string Reduce(string opType, string x, ReadOnlySpan<long> axes, bool keepDims, int axesAreInputFrom) =>
        axes.IsEmpty ? x : WithAxes(opType, x, axes, axesAreInputFrom, node => node.Set("keepdims", keepDims ? 1 : 0));

    private string WithAxes(string opType, string x, ReadOnlySpan<long> axes, int axesAreInputFrom, Action<OnnxNode> set)
    {
        if (Opset >= axesAreInputFrom)
            return Node(opType, [x, Integers(axes)], set);
        long[] copy = axes.ToArray();
        return Node(opType, [x], node =>
        {
            node.Set("axes", copy);
            set(node);
        });
    }
}
