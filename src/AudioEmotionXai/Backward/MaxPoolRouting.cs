namespace AudioEmotionXai;

/// <summary>Sends what arrives at a max pool's outputs to the winners, for gradients and relevance alike.</summary>
internal static class MaxPoolRouting
{
    /// <summary>Returns a tensor of the pool's input shape: each window's signal at its first maximum, overlaps summed.</summary>
    public static string Emit(BackwardNode node, string signal) =>
        RoutedSignals
            .Of(node.Graph)
            .Once(node, signal, () => MaxPoolPhases.Find(node)?.Route(signal) ?? new RoutedSignal(node, signal, ByIndices(node, signal)))
            .Tensor;

    private static string ByIndices(BackwardNode node, string signal)
    {
        string indices = Indices(node);
        if (node.Opset >= 16)
            return Scatter(node, indices, signal, "add");
        long[] phases = Phases(node);
        return phases.All(phase => phase == 1) ? Scatter(node, indices, signal, null) : ByPhases(node, indices, signal, phases);
    }

    private static string Scatter(BackwardNode node, string indices, string signal, string? reduction)
    {
        GraphEmitter emit = node.Emit;
        string scattered = emit.Node(
            "ScatterElements",
            [emit.ZerosFor(node.Input(0)), emit.Reshape(indices, -1), emit.Reshape(signal, -1)],
            scatter =>
            {
                scatter.Set("axis", 0);
                if (reduction is not null)
                    scatter.Set("reduction", reduction);
            }
        );
        return emit.ReshapeLike(scattered, node.Input(0));
    }

    /// <summary>How many windows on, along each axis, the next one is that no longer overlaps.</summary>
    private static long[] Phases(BackwardNode node)
    {
        WindowGeometry window = WindowGeometry.Of(node.Node, node.Node.GetInts("kernel_shape")!);
        return
        [
            .. Enumerable.Range(0, window.Axes).Select(axis => (window.Extent(axis) + window.Strides[axis] - 1) / window.Strides[axis]),
        ];
    }

    /// <summary>Before operator set 16 a scatter cannot add: every n-th window, which do not overlap, is scattered by itself.</summary>
    private static string ByPhases(BackwardNode node, string indices, string signal, long[] phases)
    {
        string? sum = null;
        long count = phases.Aggregate(1L, (product, phase) => product * phase);
        for (long index = 0; index < count; index++)
        {
            long[] start = new long[phases.Length];
            for ((int axis, long rest) = (0, index); axis < phases.Length; rest /= phases[axis++])
                start[axis] = rest % phases[axis];
            string part = Scatter(node, EveryNth(node.Emit, indices, start, phases), EveryNth(node.Emit, signal, start, phases), null);
            sum = sum is null ? part : node.Emit.Add(sum, part);
        }

        return sum!;
    }

    private static string EveryNth(GraphEmitter emit, string tensor, long[] start, long[] step)
    {
        long[] axes = GraphEmitter.Axes(2, 2 + step.Length);
        long[] ends = [.. axes.Select(_ => (long)int.MaxValue)];
        return emit.Node("Slice", [tensor, emit.Integers(start), emit.Integers(ends), emit.Integers(axes), emit.Integers(step)]);
    }

    /// <summary>The flat index of each window's winner. The pool is asked for it in a node of its own, so that the forward one stays
    /// fast.</summary>
    private static string Indices(BackwardNode node)
    {
        if (node.Node.GetInt("storage_order", 0) != 0)
            throw node.Unsupported("its storage_order is column-major; row-major was expected");
        string[] outputs = node.Emit.Nodes("MaxPool", [node.Input(0)], 2, pool =>
        {
            foreach (string name in (ReadOnlySpan<string>)["kernel_shape", "strides", "pads", "dilations"])
                if (node.Node.GetInts(name) is { } values)
                    pool.Set(name, values);
            pool.Set("auto_pad", node.Node.GetString("auto_pad", "NOTSET")).Set("ceil_mode", node.Node.GetInt("ceil_mode", 0));
        });
        return outputs[1];
    }
}

/// <summary>
/// Remembers signals that a max pool sent to its winners. A pool's input is large, and nearly all of such a signal zero; what a rule does
/// to it cell by cell is cheaper at the pool's output, where every winner has the same value and the same signal.
/// </summary>
internal sealed class RoutedSignals
{
    private readonly Dictionary<string, RoutedSignal> _byTensor = [];
    private readonly Dictionary<(OnnxNode Pool, string Signal), RoutedSignal> _byPool = [];

    public static RoutedSignals Of(BackwardGraph graph) => graph.GetOrAdd(() => new RoutedSignals());

    /// <summary>The routing that a tensor came from, or null.</summary>
    public RoutedSignal? Find(string tensor) => _byTensor.GetValueOrDefault(tensor);

    /// <summary>A routing made once.</summary>
    public RoutedSignal Once(BackwardNode pool, string signal, Func<RoutedSignal> make)
    {
        if (_byPool.TryGetValue((pool.Node, signal), out RoutedSignal? known))
            return known;
        RoutedSignal made = make();
        _byPool[(pool.Node, signal)] = made;
        return _byTensor[made.Tensor] = made;
    }

    /// <summary>
    /// Emits a function of a signal and the tensor it is at, cell by cell; before the routing where the signal is a max pool's. The
    /// function must be linear in the signal: a cell may win several windows, whose signals add up.
    /// </summary>
    public static string Apply(BackwardGraph graph, string signal, string tensor, Func<string, string, string> function) =>
        Of(graph).Find(signal) is { } routed && routed.Pool.Input(0) == tensor
            ? MaxPoolRouting.Emit(routed.Pool, function(routed.Signal, routed.Pool.Output()))
            : function(signal, tensor);
}

/// <summary>A signal that a max pool sent to its winners.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Signal">What arrived at its output.</param>
/// <param name="Tensor">What was sent: the shape of the pool's input.</param>
/// <param name="Planes">The same by phases, where it was made so: (N, rows of phases × columns of phases × C, planes' height, planes'
/// width).</param>
/// <param name="Phases">The phases along each axis.</param>
internal sealed record RoutedSignal(BackwardNode Pool, string Signal, string Tensor, string? Planes = null, int Phases = 1)
{
    /// <summary>Emits the sum over channels of what was sent: (N, 1, height, width). By phases, only the sums are put together.</summary>
    public string SumOfChannels()
    {
        GraphEmitter emit = Pool.Emit;
        if (Planes is null)
            return emit.ReduceSum(Tensor, [1]);
        string apart = emit.Reshape(Planes, 0, Phases * Phases, -1, (Height + Phases - 1) / Phases, (Width + Phases - 1) / Phases);
        return Together(emit.ReduceSum(apart, [2], keepDims: false));
    }

    /// <summary>Emits planes as one tensor of the pool's input height and width.</summary>
    public string Together(string planes)
    {
        GraphEmitter emit = Pool.Emit;
        string image = Phases == 1 ? planes : emit.Node("DepthToSpace", [planes], node => node.Set("blocksize", Phases).Set("mode", "DCR"));
        return Height % Phases == 0 && Width % Phases == 0 ? image : emit.Slice(image, [0, 0], [Height, Width], [2, 3]);
    }

    private long Height => Pool.InputShape(0)[2].Offset;

    private long Width => Pool.InputShape(0)[3].Offset;
}
