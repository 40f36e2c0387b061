namespace AudioEmotionXai;

/// <summary>The layer a class activation map is taken at, as a grid over the input's plane: (N, C, rows, columns), a row or column for all
/// where the layer shows no frequency or no time.</summary>
/// <param name="Activation">The forward tensor.</param>
/// <param name="Gradient">The score's gradient with respect to it; empty where the method needs none.</param>
/// <param name="Shape">The grid's axes.</param>
internal sealed record CamLayer(string Activation, string Gradient, Dim[] Shape)
{
    /// <summary>The axes behind the channels.</summary>
    public static long[] SpatialAxes => [2, 3];

    /// <exception cref="ArgumentException">The layer's axes are not known to show the input's.</exception>
    public static CamLayer Of(BackwardGraph graph, string asked, string activation, bool withGradient)
    {
        if (!CamGrid.TryFind(graph.Forward, activation, out CamGrid? grid, out string why))
            throw new ArgumentException(
                $"{graph.Model.Name}: the layer '{asked}' has the shape {graph.Shapes[activation]}, and no map can be taken there: {why}. "
                    + $"Layers to choose from: {ShortList.Of(CamLayers.Of(graph.Forward))}.");
        return new CamLayer(
            grid.Emit(graph.Emit, activation), withGradient ? grid.Emit(graph.Emit, graph.Signal(activation)) : "", grid.Shape);
    }

    /// <summary>Sums over channels, keeping their axis.</summary>
    public static string SumChannels(GraphEmitter emit, string tensor) => emit.ReduceSum(tensor, [1]);
}

/// <summary>From the weighted sum at a layer's size to the map at the input's size.</summary>
internal static class CamTail
{
    private const float PyTorchGradCamFloor = 1e-7f;
    private const float NotebookFloor = 1e-8f;

    /// <summary>One layer's map over the plane: (N, 1, bins, frames).</summary>
    public static string LayerToPlane(BackwardGraph graph, string cam, CamLayer layer, CamMode mode)
    {
        GraphEmitter emit = graph.Emit;
        string scaled =
            mode == CamMode.Raw
                ? cam
                : MinMax(emit, emit.Relu(cam), mode == CamMode.Notebook ? NotebookFloor : PyTorchGradCamFloor);
        return Enlarge(graph, scaled, layer.Shape);
    }

    /// <summary>The mean over layers; in the mode of pytorch-grad-cam scaled to largest value 1.</summary>
    public static string Combine(GraphEmitter emit, List<string> maps, CamMode mode)
    {
        string sum = maps[0];
        for (int i = 1; i < maps.Count; i++)
            sum = emit.Add(sum, maps[i]);
        string mean = maps.Count == 1 ? sum : emit.Mul(sum, emit.Scalar(1f / maps.Count));
        return mode == CamMode.PyTorchGradCam ? MinMax(emit, mean, PyTorchGradCamFloor) : mean;
    }

    /// <summary>A map over the plane in the order of the input's own axes, with one channel where it has an axis of channels.</summary>
    public static string ToOwn(BackwardGraph graph, string map)
    {
        InputLayout layout = graph.Forward.Layout!;
        GraphEmitter emit = graph.Emit;
        // Items, channels, frequency, time, by the plane's axes
        List<long> order = [.. layout.Axes.Select(axis => (long)PlaneAxis(axis))];
        long[] dropped = [.. Enumerable.Range(0, 4).Select(axis => (long)axis).Where(axis => !order.Contains(axis))];
        long[] whole = [.. order, .. dropped];
        string turned = whole.SequenceEqual(whole.Order()) ? map : emit.Transpose(map, whole);
        for (int axis = 3; axis >= order.Count; axis--)
            turned = emit.Squeeze(turned, axis);
        return turned;
    }

    private static int PlaneAxis(InputAxis axis) => axis switch
    {
        InputAxis.Items => 0,
        InputAxis.Channels => 1,
        InputAxis.Frequency or InputAxis.Features => 2,
        _ => 3,
    };

    private static string MinMax(GraphEmitter emit, string x, float floor)
    {
        string shifted = emit.Sub(x, emit.ReduceMin(x, CamLayer.SpatialAxes));
        return emit.Div(shifted, emit.Add(emit.ReduceMax(shifted, CamLayer.SpatialAxes), emit.Scalar(floor)));
    }

    /// <summary>Bilinear with half-pixel centres and repeated edges, to the input's run-time size; an axis of which the layer shows nothing
    /// stays one cell.</summary>
    private static string Enlarge(BackwardGraph graph, string map, Dim[] grid)
    {
        GraphEmitter emit = graph.Emit;
        string lengths = emit.ShapeOf(graph.InputName);
        InputLayout layout = graph.Forward.Layout!;
        string Target(int gridAxis, InputAxis first, InputAxis second)
        {
            int axis = Math.Max(layout.IndexOf(first), layout.IndexOf(second));
            return axis < 0 || grid[gridAxis] == 1
                ? emit.Slice(emit.ShapeOf(map), [gridAxis], [gridAxis + 1], [0])
                : emit.Slice(lengths, [axis], [axis + 1], [0]);
        }

        string rows = Target(2, InputAxis.Frequency, InputAxis.Features), columns = Target(3, InputAxis.Time, InputAxis.Samples);
        string kept = emit.Slice(emit.ShapeOf(map), [0], [2], [0]);
        return emit.ResizeLinear(map, emit.Concat([kept, rows, columns], 0));
    }
}
