namespace AudioEmotionXai;

/// <summary>KernelSHAP: the segments' Shapley values, which sum to the difference between the prediction and that with all segments
/// hidden.</summary>
/// <remarks>
/// Coalitions of few and of nearly all segments are gone through whole as far as the samples reach; the rest is drawn by the kernel in
/// pairs with the complement. The sum is a constraint of the fit, not a row with a large weight. The map shows each segment's value.
/// S. Lundberg, S.-I. Lee, 2017, arXiv:1705.07874; I. Covert, S.-I. Lee, 2021, arXiv:2012.01536.
/// </remarks>
[MethodId("kernel-shap")]
public sealed record KernelShap : SegmentMethod
{
    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        ItemGeometry geometry = ItemGeometry.Of(request.Model, request.Input);
        FloatTensor planes = geometry.ToPlanes(request.Input);
        FloatTensor maps = geometry.NewMaps(request.Items);
        List<AttributionDetail> details = [];
        double[] gaps = new double[request.Items];
        HalfMaps halves = new(request.Items, geometry.Cells);
        for (int item = 0; item < request.Items; item++)
        {
            SegmentMap segments = SegmentsOf(geometry, planes.Item(item));
            (ShapleyHalves solver, double hidden, double shown) = Explain(request, planes.Item(item), item, geometry, segments);
            double[] values = solver.Solve(shown - hidden);
            segments.Paint(values, maps.Item(item).Span);
            if (solver.SolveHalves(shown - hidden) is { } half)
            {
                segments.Paint(half.First, halves.First);
                segments.Paint(half.Second, halves.Second);
                halves.Measure(item);
            }

            gaps[item] = values.Sum() - (shown - hidden);
            details.Add(new AttributionDetail("values", item, values));
            details.Add(new AttributionDetail("all_hidden", item, new[] { hidden }));
            details.Add(new AttributionDetail("all_shown", item, new[] { shown }));
        }

        return new AttributionOutcome
        {
            Map = geometry.ToOwnMaps(maps),
            Details = details,
            CompletenessGap = gaps,
            HalfAgreement = halves.Values,
        };
    }

    private (ShapleyHalves Solver, double Hidden, double Shown) Explain(
        AttributionRequest request, FloatTensor planes, int item, ItemGeometry geometry, SegmentMap segments)
    {
        SegmentHider hider = new(planes.Memory, geometry, segments, Hide);
        (SampleMatrix matrix, double[] weights) = ShapleyCoalitions.Create((uint)Seed, Samples, segments.Count);
        ShapleyHalves solver = new(segments.Count);
        int target = request.Targets[item];
        byte[] all = new byte[segments.Count];
        Array.Fill(all, (byte)1);
        byte[] none = new byte[segments.Count];
        double hidden = 0, shown = 0;
        PerturbedRuns runs = new(request, geometry, Score, matrix.Samples + 2, item);
        runs.Run(
            (sample, cells) => hider.Compose(sample == 0 ? none : sample == 1 ? all : matrix.Row(sample - 2), cells),
            (first, scores) =>
            {
                for (int row = 0; row < scores.Shape[0]; row++)
                {
                    double score = scores.Item(row).Span[target];
                    if (first + row == 0)
                        hidden = score;
                    else if (first + row == 1)
                        shown = score;
                    else
                        solver.Add(matrix, first + row - 2, weights[first + row - 2], score - hidden);
                }

                return true;
            });
        return (solver, hidden, shown);
    }
}
