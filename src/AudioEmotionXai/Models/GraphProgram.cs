namespace AudioEmotionXai;

/// <summary>A graph of one model, ready to run in batches: the forward pass, or a compiled explanation.</summary>
internal sealed class GraphProgram : IDisposable
{
    private GraphProgram(OnnxSession session, BatchPlan batches)
    {
        Session = session;
        Batches = batches;
    }

    public OnnxSession Session { get; }

    /// <summary>How many items the graph takes at once: each has its own peak.</summary>
    public BatchPlan Batches { get; }

    /// <exception cref="ModelFormatException">The runtime refuses the graph.</exception>
    /// <exception cref="DeviceNotAvailableException">CUDA was asked for and is not there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled meanwhile.</exception>
    public static GraphProgram Create(AudioClassifier model, OnnxModel graph, SessionSettings settings, CancellationToken cancellationToken)
    {
        OnnxValueInfo input = graph.Inputs.First(input => input.Name == model.Graph.Input.Name);
        BatchPlan batches = BatchPlan.For(graph, input, model.Options);
        return new GraphProgram(OnnxSession.Create(graph, settings, cancellationToken), batches);
    }

    /// <summary>Runs all items; outputs are in the graph's order. The callback is told how many are done.</summary>
    public FloatTensor[] Run(FloatTensor input, ReadOnlySpan<int> targets, CancellationToken cancellationToken, Action<int>? done = null) =>
        Batches.Run(Session, input, targets, cancellationToken, done);

    public void Dispose() => Session.Dispose();
}
