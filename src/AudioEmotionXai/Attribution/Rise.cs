using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>RISE: random soft masks, 4000 by default; a cell's value is how much higher the score is under masks that show the
/// cell.</summary>
/// <remarks>
/// Masks as in the paper: a coarse random grid, enlarged bilinearly beyond the map and shifted at random, here along each axis by its own
/// cell size. Unlike there, the scores' mean is subtracted (which changes no ranking when cells are shown equally often) and sums are
/// divided by how often each cell was shown, so that a model that never changes its mind gives zero. V. Petsiuk, A. Das, K. Saenko, 2018,
/// arXiv:1806.07421,
/// who take 4000 to 8000 masks: on the bundled model two maps of 1000 masks correlate by 0.6 to 0.7, of 4000 by 0.9, of 8000 by 0.95
/// (<see cref="Explanation.Reliability"/>).
/// </remarks>
[MethodId("rise")]
public sealed record Rise() : SampledMethod(samples: 4000)
{
    private readonly double _probability = 0.5;
    private readonly CellSize _grid = new(8, 8);

    /// <summary>The coarse grid, cells along the bins x cells along the frames; 8x8 by default.</summary>
    public CellSize Grid
    {
        get => _grid;
        init => _grid = CellSize.Checked(value, nameof(Grid));
    }

    /// <summary>How likely a coarse cell is shown; 0.5 by default.</summary>
    public double Probability
    {
        get => _probability;
        init
        {
            Guard.Require(value > 0 && value < 1, nameof(Probability), value, "above 0 and below 1");
            _probability = value;
        }
    }

    /// <summary>What hidden cells hold: a number (0 by default), min or mean.</summary>
    public Baseline Baseline { get; init; }

    /// <summary>Which number is watched: probability (default) or logit.</summary>
    public ClassScore Score { get; init; } = ClassScore.Probability;

    /// <inheritdoc/>
    public override Baseline? ShareBaseline => Baseline;

    internal override void ThrowIfUnfit(AudioClassifier model) => ItemGeometry.ThrowIfUnfit(model);

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        ItemGeometry geometry = ItemGeometry.Of(request.Model, request.Input);
        FloatTensor planes = geometry.ToPlanes(request.Input);
        PerturbedRuns runs = new(request, geometry, Score, Samples);
        FloatTensor maps = geometry.NewMaps(request.Items);
        HalfMaps halves = new(request.Items, geometry.Cells);
        for (int item = 0; item < request.Items; item++)
            ExplainItem(request, runs, planes.Item(item).Memory, item, maps.Item(item).Span, halves);
        return new AttributionOutcome { Map = geometry.ToOwnMaps(maps), HalfAgreement = halves.Values };
    }

    private void ExplainItem(
        AttributionRequest request, PerturbedRuns runs, ReadOnlyMemory<float> cells, int item, Span<float> map, HalfMaps halves)
    {
        ItemGeometry geometry = runs.Geometry;
        float baseline = Baseline.For(cells.Span);
        int target = request.Targets[item];
        RiseMasks masks = new(geometry, Grid, Probability, (uint)Seed);
        float[] batch = new float[runs.BatchSize * geometry.Cells];
        RiseSums sums = new(geometry.Cells);
        runs.Run(
            (sample, copy) =>
            {
                Span<float> mask = batch.AsSpan(sample % runs.BatchSize * geometry.Cells, geometry.Cells);
                masks.Next(mask);
                for (int plane = 0; plane < geometry.Planes; plane++)
                    Blend(
                        cells.Span.Slice(plane * geometry.Cells, geometry.Cells), mask, baseline,
                        copy.Slice(plane * geometry.Cells, geometry.Cells));
            },
            (_, scores) =>
            {
                for (int row = 0; row < scores.Shape[0]; row++)
                    sums.Add(batch.AsSpan(row * geometry.Cells, geometry.Cells), scores.Item(row).Span[target]);
                return true;
            });
        sums.Write(map);
        sums.WriteHalves(halves.First, halves.Second);
        halves.Measure(item);
    }

    /// <summary>baseline + mask x (cell - baseline).</summary>
    private static void Blend(ReadOnlySpan<float> plane, ReadOnlySpan<float> mask, float baseline, Span<float> target)
    {
        TensorPrimitives.Subtract(plane, baseline, target);
        TensorPrimitives.Multiply(target, mask, target);
        TensorPrimitives.Add(target, baseline, target);
    }
}
