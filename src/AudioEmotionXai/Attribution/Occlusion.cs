namespace AudioEmotionXai;

/// <summary>Occlusion: slides a window over the spectrogram, and shows how much the score falls where it hides the sound.</summary>
/// <remarks>
/// Shape and averaging as captum's <c>Occlusion</c>: the window starts at multiples of the stride, the last one is cut at the edge, and a
/// cell's value is the mean of the drops of the windows that cover it. A window larger than the map is cut to it. M. Zeiler, R. Fergus,
/// 2014, arXiv:1311.2901.
/// </remarks>
[MethodId("occlusion")]
public sealed record Occlusion : AttributionMethod
{
    private readonly CellSize _window = new(16, 16);
    private readonly CellSize _stride = new(8, 8);

    /// <summary>The window in mel bins x frames; 16x16 by default.</summary>
    public CellSize Window
    {
        get => _window;
        init => _window = CellSize.Checked(value, nameof(Window));
    }

    /// <summary>The step in mel bins x frames, not larger than the window; 8x8 by default.</summary>
    public CellSize Stride
    {
        get => _stride;
        init => _stride = CellSize.Checked(value, nameof(Stride));
    }

    /// <summary>What the window holds: a number (0 by default), min or mean.</summary>
    public Baseline Baseline { get; init; }

    /// <summary>Which number is watched: logit (default, as captum on this model) or probability.</summary>
    public ClassScore Score { get; init; }

    /// <inheritdoc/>
    public override Baseline? ShareBaseline => Baseline;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Stride.Bins > Window.Bins || Stride.Frames > Window.Frames)
            throw new ArgumentException($"The stride {Stride} is larger than the window {Window}: some cells would never be hidden.");
    }

    internal override void ThrowIfUnfit(AudioClassifier model)
    {
        base.ThrowIfUnfit(model);
        ItemGeometry.ThrowIfUnfit(model);
    }

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        ItemGeometry geometry = ItemGeometry.Of(request.Model, request.Input);
        FloatTensor planes = geometry.ToPlanes(request.Input);
        OcclusionWindows windows = new(geometry, Window, Stride);
        PerturbedRuns runs = new(request, geometry, Score, windows.Count);
        FloatTensor maps = geometry.NewMaps(request.Items);
        for (int item = 0; item < request.Items; item++)
        {
            ReadOnlyMemory<float> cells = planes.Item(item).Memory;
            float baseline = Baseline.For(cells.Span);
            int target = request.Targets[item];
            ReadOnlyMemory<float> whole =
                Score == ClassScore.Logit ? request.Predictions[item].Logits : request.Predictions[item].Values;
            double[] drops = new double[windows.Count];
            runs.Run(
                (window, copy) =>
                {
                    cells.Span.CopyTo(copy);
                    windows.Fill(window, copy, baseline);
                },
                (first, scores) =>
                {
                    for (int row = 0; row < scores.Shape[0]; row++)
                        drops[first + row] = whole.Span[target] - scores.Item(row).Span[target];
                    return true;
                });
            windows.Average(drops, maps.Item(item).Span);
        }

        return new AttributionOutcome { Map = geometry.ToOwnMaps(maps) };
    }
}
