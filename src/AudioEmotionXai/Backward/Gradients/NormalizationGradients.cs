namespace AudioEmotionXai;

/// <summary>
/// Normalisations and softmaxes. Those of a single item share the way back through x̂ = (x - mean) / sqrt(variance + epsilon):
/// dx = (g - mean(g) - x̂ mean(g x̂)) / sqrt(variance + epsilon), with g the gradient at x̂.
/// </summary>
internal static class NormalizationGradients
{
    /// <summary>Standardised over the axes from <c>axis</c> on.</summary>
    public static void Layer(BackwardNode node)
    {
        node.RequireConstantParameters();
        int rank = node.InputShape(0).Length;
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", -1), rank);
        node.Send(0, Standardized(node, node.Input(0), node.Emit.Mul(node.Signal, node.Input(1)), GraphEmitter.Axes(axis, rank)));
    }

    /// <summary>Every channel of every item is standardised over its cells.</summary>
    public static void Instance(BackwardNode node)
    {
        node.RequireConstantParameters();
        string gradient = node.Emit.Mul(node.Signal, PerChannel(node, node.Input(1)));
        node.Send(0, Standardized(node, node.Input(0), gradient, GraphEmitter.Axes(2, node.InputShape(0).Length)));
    }

    /// <summary>Standardised over groups of channels; scale is per group in operator set 18, per channel from 21 on.</summary>
    public static void Group(BackwardNode node)
    {
        node.RequireConstantParameters();
        GraphEmitter emit = node.Emit;
        string scale = node.Input(1);
        string gradient = node.Opset < 21
            ? emit.Mul(Grouped(node.Signal), emit.Reshape(scale, -1, 1))
            : Grouped(emit.Mul(node.Signal, PerChannel(node, scale)));
        node.Send(0, emit.ReshapeLike(Standardized(node, Grouped(node.Input(0)), gradient, [2]), node.Input(0)));

        // (N, C, …) as (N, groups, cells of a group)
        string Grouped(string tensor) => emit.Reshape(tensor, 0, node.Node.GetInt("num_groups", 1), -1);
    }

    /// <summary>With fixed statistics: the gradient times scale / sqrt(variance + epsilon) of each channel.</summary>
    public static void Batch(BackwardNode node)
    {
        if (node.Node.GetInt("training_mode", 0) != 0)
            throw node.Unsupported("it takes its statistics from the batch (training_mode 1); a model exported for inference was expected");
        node.RequireConstantParameters();
        GraphEmitter emit = node.Emit;
        string scale = BatchNormalizationFolding.Coefficients(node.Graph.Model, node.Node) is var (known, _)
            ? emit.Floats("scale", Array.ConvertAll(known, value => (float)value), [known.Length, .. OnePerSpatialAxis(node)])
            : PerChannel(node, emit.Div(node.Input(1), emit.Sqrt(emit.Shift(node.Input(4), Epsilon(node)))));
        node.Send(0, emit.Mul(node.Signal, scale));
    }

    /// <summary>y = x / n with the norm n along an axis: dx = (dy - dn sum(dy y)) / n, where dn is y for p = 2 and sign(x) for
    /// p = 1; 0 where the norm is 0.</summary>
    public static void Lp(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string x = node.Input(0);
        long[] axis = [ShapeContext.Normalize(node.Node.GetInt("axis", -1), node.InputShape(0).Length)];
        bool squares = node.Node.GetInt("p", 2) == 2;
        string norm = squares ? emit.Sqrt(emit.ReduceSum(emit.Square(x), axis)) : emit.ReduceSum(emit.Abs(x), axis);
        string grown = emit.Mul(squares ? node.Output() : emit.Sign(x), emit.ReduceSum(emit.Mul(node.Signal, node.Output()), axis));
        node.Send(0, emit.WherePositive(norm, emit.Div(emit.Sub(node.Signal, grown), norm)));
    }

    /// <summary>dx = y (dy - sum(dy y)).</summary>
    public static void Softmax(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string shared = emit.ReduceSum(emit.Mul(node.Signal, node.Output()), SoftmaxAxes(node));
        node.Send(0, emit.Mul(node.Output(), emit.Sub(node.Signal, shared)));
    }

    /// <summary>dx = dy - exp(y) sum(dy).</summary>
    public static void LogSoftmax(BackwardNode node)
    {
        GraphEmitter emit = node.Emit;
        string shared = emit.ReduceSum(node.Signal, SoftmaxAxes(node));
        node.Send(0, emit.Sub(node.Signal, emit.Mul(emit.Exp(node.Output()), shared)));
    }

    /// <summary>One axis from operator set 13 on; before, all from <c>axis</c> to the last, as one.</summary>
    private static long[] SoftmaxAxes(BackwardNode node)
    {
        int rank = node.InputShape(0).Length;
        int axis = ShapeContext.Normalize(node.Node.GetInt("axis", node.Opset < 13 ? 1 : -1), rank);
        return node.Opset < 13 ? GraphEmitter.Axes(axis, rank) : [axis];
    }

    private static string Standardized(BackwardNode node, string x, string gradient, long[] axes)
    {
        GraphEmitter emit = node.Emit;
        string centred = emit.Sub(x, emit.ReduceMean(x, axes));
        string deviation = emit.Sqrt(emit.Shift(emit.ReduceMean(emit.Square(centred), axes), Epsilon(node)));
        string normal = emit.Div(centred, deviation);
        string along = emit.Mul(normal, emit.ReduceMean(emit.Mul(gradient, normal), axes));
        string across = emit.Sub(emit.Sub(gradient, emit.ReduceMean(gradient, axes)), along);
        return emit.Div(across, deviation);
    }

    /// <summary>(C) as (C, 1, 1…), for the node's input.</summary>
    private static string PerChannel(BackwardNode node, string tensor) =>
        node.Emit.Reshape(tensor, [-1, .. OnePerSpatialAxis(node)]);

    private static IEnumerable<long> OnePerSpatialAxis(BackwardNode node) =>
        Enumerable.Repeat(1L, Math.Max(0, node.InputShape(0).Length - 2));

    private static float Epsilon(BackwardNode node) => node.Node.GetFloat("epsilon", 1e-5f);
}
