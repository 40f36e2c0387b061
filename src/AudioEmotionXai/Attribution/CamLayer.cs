namespace AudioEmotionXai;

/// <summary>The layer a class activation map is taken at, as the emitted graph sees it.</summary>
/// <param name="Activation">The forward tensor: (N, C, h, w) or (N, C, t).</param>
/// <param name="Gradient">The score's gradient with respect to it; empty where the method needs none.</param>
/// <param name="Shape">The tensor's axes.</param>
/// <param name="SpatialAxes">The axes behind the channels.</param>
internal sealed record CamLayer(string Activation, string Gradient, Dim[] Shape, long[] SpatialAxes)
{
    public static CamLayer Of(BackwardGraph graph, string asked, string activation, bool withGradient)
    {
        int inputRank = graph.Forward.Input.Shape!.Count;
        if (graph.Shapes.ShapeOf(activation) is not { Length: 3 or 4 } shape || shape.Length != inputRank)
            throw new ArgumentException(
                $"{graph.Model.Name}: the layer '{asked}' has the shape {graph.Shapes[activation]}; as many axes as the input "
                    + $"({inputRank}) were expected. Layers to choose from: {string.Join(", ", CamLayers.Of(graph.Forward))}.");
        long[] spatial = [.. Enumerable.Range(2, shape.Length - 2).Select(axis => (long)axis)];
        return new CamLayer(activation, withGradient ? graph.Signal(activation) : "", shape, spatial);
    }

    /// <summary>Sums over channels, keeping their axis.</summary>
    public static string SumChannels(GraphEmitter emit, string tensor) => emit.ReduceSum(tensor, [1]);
}
