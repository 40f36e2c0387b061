namespace AudioEmotionXai;

/// <summary>
/// Remembers signals that a max pool sent to its winners. A pool's input is large, and nearly all of such a signal zero; what a rule does
/// to it cell by cell is cheaper at the pool's output, where every winner has the same value and the same signal.
/// </summary>
internal sealed class RoutedSignals
{
    private readonly Dictionary<string, RoutedSignal> _byTensor = [];
    private readonly Dictionary<(OnnxNode Pool, string Signal), RoutedSignal> _byPool = [];

    public static RoutedSignals Of(BackwardGraph graph) => graph.Keep(() => new RoutedSignals());

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
