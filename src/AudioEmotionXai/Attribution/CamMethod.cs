namespace AudioEmotionXai;

/// <summary>
/// A class activation map: channels of a layer, weighted by what they mean to the target class, summed, and enlarged to the input's
/// size. A member of the family says how the channels are weighted. The map has the input's axes, with one channel; (N, 1, T) for models
/// of (N, F, T) whose layers show time alone.
/// </summary>
/// <remarks>
/// A layer's grid is coarse: layer4 of the bundled model has 4 x 5 cells for 128 x 141, each 32 mel bins by about 0.6 s. Earlier
/// layers are finer and less specific to a class. Where the layer is late, the way back is short: a map costs little more than a forward
/// pass.
/// </remarks>
public abstract record CamMethod : GradientMethod
{
    /// <summary>The layer: a tensor's or node's name; several, separated by commas, are averaged. By default the last one with channels and
    /// axes to map.</summary>
    public string? Layer { get; init; }

    /// <summary>What becomes of the weighted sum: pytorch-grad-cam (default), notebook or raw.</summary>
    public CamMode Mode { get; init; }

    /// <inheritdoc/>
    public override MapMeaning Meaning => Mode == CamMode.Raw ? MapMeaning.Signed : MapMeaning.Positive;

    /// <summary>Whether the weighting needs gradients at all.</summary>
    private protected virtual bool UsesGradients => true;

    private string[]? Layers => Layer?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Layers is [])
            throw new ArgumentException("The option 'layer' is empty; the name of a tensor or node was expected.");
    }

    private protected sealed override IReadOnlyList<string> SignalsAt(BackwardGraph graph) =>
        UsesGradients ? [.. LayersOf(graph.Forward).Select(graph.ResolveLayer)] : [];

    private protected sealed override string EmitMap(BackwardGraph graph)
    {
        List<string> maps = [];
        foreach (string layer in LayersOf(graph.Forward))
        {
            string activation = graph.ResolveLayer(layer);
            CamLayer cam = CamLayer.Of(graph, layer, activation, UsesGradients);
            maps.Add(CamTail.LayerToPlane(graph, EmitCam(graph.Emit, cam), cam, Mode));
        }

        return CamTail.ToOwn(graph, CamTail.Combine(graph.Emit, maps, Mode));
    }

    internal override void Annotate(OnnxModel compiled, AudioClassifier model) =>
        compiled.SetMetadata("layer", string.Join(',', LayersOf(model.Graph)));

    private string[] LayersOf(ClassifierGraph graph) => Layers ?? [CamLayers.LastOf(graph)];

    /// <summary>Emits the weighted sum over channels, keeping the channel axis with length 1.</summary>
    private protected abstract string EmitCam(GraphEmitter emit, CamLayer layer);
}

/// <summary>What becomes of a class activation map after the weighted sum over channels.</summary>
public enum CamMode
{
    /// <summary>As pytorch-grad-cam: Relu, min-max at the layer's size (1e-7), bilinear to the input's size, mean over layers, min-max
    /// again. Largest value 1.</summary>
    [MethodOption(Name = "pytorch-grad-cam")]
    PyTorchGradCam,

    /// <summary>As the notebook this library grew from: Relu, min-max at the layer's size (1e-8), bilinear. The largest value stays a
    /// little below 1.</summary>
    Notebook,

    /// <summary>Signed, bilinear to the input's size, not scaled: what verification and comparisons between classes need.</summary>
    Raw,
}
