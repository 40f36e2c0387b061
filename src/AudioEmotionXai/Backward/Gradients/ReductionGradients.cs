namespace AudioEmotionXai;

/// <summary>Operators that reduce axes to one value each: the gradient, its axes restored, times how each cell counted.</summary>
internal static class ReductionGradients
{
    // The smallest normal number: a norm of 0 has only cells of 0, which then give 0 and not 0/0
    private const float Smallest = 1.17549435e-38f;

    /// <summary>Emits what the input gets.</summary>
    /// <param name="node">The node at work.</param>
    /// <param name="emit">Its emitter.</param>
    /// <param name="signal">The gradient, reduced axes kept with length 1.</param>
    /// <param name="y">The output, reduced axes kept with length 1.</param>
    /// <param name="axes">The reduced axes, counted from the front.</param>
    public delegate string Share(BackwardNode node, GraphEmitter emit, string signal, string y, long[] axes);

    /// <summary>The rule of a reduction.</summary>
    public static BackwardRule From(Share share) => node =>
    {
        long[] axes = AxesOf(node, node.InputShape(0).Length);
        if (axes.Length == 0)
        {
            // noop_with_empty_axes: operator sets differ in whether L1 and the like still apply to single cells
            node.Send(
                0,
                node.Node.OpType is "ReduceSum" or "ReduceMean" or "ReduceMax" or "ReduceMin"
                    ? node.Signal
                    : throw node.Unsupported("it reduces no axis"));
            return;
        }

        string signal = Restored(node, node.Signal, axes);
        node.Send(0, share(node, node.Emit, signal, Restored(node, node.Output(), axes), axes));
    };

    /// <summary>Every cell gets the gradient divided by the number of cells averaged.</summary>
    public static string Mean(BackwardNode node, GraphEmitter emit, string signal, string y, long[] axes)
    {
        Dim[] shape = node.InputShape(0);
        Dim cells = Dim.Product([.. axes.Select(axis => shape[axis])]);
        string share = cells.IsFixed
            ? emit.Scale(signal, 1f / cells.Offset)
            : emit.Div(signal, emit.ToFloat(emit.Node("Div", [emit.Node("Size", [node.Input(0)]), emit.Node("Size", [node.Output()])])));
        return emit.ExpandLike(share, node.Input(0));
    }

    /// <summary>Max and Min: the gradient goes to the cells that have the extreme value, in equal parts where several do (PyTorch's
    /// amax).</summary>
    public static string Extreme(BackwardNode node, GraphEmitter emit, string signal, string y, long[] axes)
    {
        string winners = emit.Same(node.Input(0), y);
        return emit.Mul(emit.Div(signal, emit.ReduceSum(winners, axes)), winners);
    }

    /// <summary>The product: the gradient times the product of the other cells. Where one cell is 0 only that one has others without a
    /// 0.</summary>
    public static string Product(BackwardNode node, GraphEmitter emit, string signal, string y, long[] axes)
    {
        string x = node.Input(0);
        string isZero = emit.Equal(x, emit.Scalar(0));
        string zeros = emit.ReduceSum(emit.ToFloat(isZero), axes);
        string divisor = emit.Where(isZero, emit.Scalar(1), x);
        string rest = emit.ReduceProd(divisor, axes);
        string ofZero = emit.Mul(rest, emit.Same(zeros, emit.Scalar(1)));
        string ofOthers = emit.Mul(emit.Div(rest, divisor), emit.Same(zeros, emit.Scalar(0)));
        return emit.Mul(signal, emit.Where(isZero, ofZero, ofOthers));
    }

    /// <summary>The Euclidean norm: the gradient times x / y; 0 where the norm is 0.</summary>
    public static string L2(BackwardNode node, GraphEmitter emit, string signal, string y, long[] axes) =>
        emit.Mul(signal, emit.Div(node.Input(0), emit.Max(y, emit.Scalar(Smallest))));

    private static long[] AxesOf(BackwardNode node, int rank)
    {
        long[] axes = node.Integers("axes", 1) ?? [];
        if (axes.Length == 0 && node.Node.GetInt("noop_with_empty_axes", 0) == 0)
            return GraphEmitter.Axes(0, rank);
        return [.. axes.Select(axis => (long)ShapeContext.Normalize(axis, rank)).Order()];
    }

    private static string Restored(BackwardNode node, string tensor, long[] axes) =>
        node.Node.GetInt("keepdims", 1) != 0 ? tensor : node.Emit.Unsqueeze(tensor, axes);
}
