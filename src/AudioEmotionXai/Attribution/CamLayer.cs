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

/// <summary>From the weighted sum at a layer's size to the map at the input's size.</summary>
internal static class CamTail
{
    private const float PyTorchGradCamFloor = 1e-7f;
    private const float NotebookFloor = 1e-8f;

    public static string LayerToInput(BackwardGraph graph, string cam, CamLayer layer, CamMode mode)
    {
        GraphEmitter emit = graph.Emit;
        string scaled =
            mode == CamMode.Raw
                ? cam
                : MinMax(emit, emit.Relu(cam), layer.SpatialAxes, mode == CamMode.Notebook ? NotebookFloor : PyTorchGradCamFloor);
        return Enlarge(graph, scaled, layer.SpatialAxes.Length);
    }

    /// <summary>The mean over layers; in the mode of pytorch-grad-cam scaled to largest value 1.</summary>
    public static string Combine(GraphEmitter emit, List<string> maps, ReadOnlySpan<long> axes, CamMode mode)
    {
        string sum = maps[0];
        for (int i = 1; i < maps.Count; i++)
            sum = emit.Add(sum, maps[i]);
        string mean = maps.Count == 1 ? sum : emit.Mul(sum, emit.Scalar(1f / maps.Count));
        return mode == CamMode.PyTorchGradCam ? MinMax(emit, mean, axes, PyTorchGradCamFloor) : mean;
    }

    private static string MinMax(GraphEmitter emit, string x, ReadOnlySpan<long> axes, float floor)
    {
        string shifted = emit.Sub(x, emit.ReduceMin(x, axes));
        return emit.Div(shifted, emit.Add(emit.ReduceMax(shifted, axes), emit.Scalar(floor)));
    }

    /// <summary>Bilinear with half-pixel centres and repeated edges, to the input's run-time size. One-dimensional maps pass through a
    /// second axis of length 1.</summary>
    private static string Enlarge(BackwardGraph graph, string map, int spatialAxes)
    {
        GraphEmitter emit = graph.Emit;
        string plane = spatialAxes == 1 ? emit.Unsqueeze(map, 2) : map;
        string lengths = emit.ShapeOf(graph.InputName);
        string target = emit.Slice(lengths, [2], [2 + spatialAxes], [0]);
        string kept = emit.Slice(emit.ShapeOf(plane), [0], [spatialAxes == 1 ? 3 : 2], [0]);
        string enlarged = emit.ResizeLinear(plane, emit.Concat([kept, target], 0));
        return spatialAxes == 1 ? emit.Squeeze(enlarged, 2) : enlarged;
    }
}
