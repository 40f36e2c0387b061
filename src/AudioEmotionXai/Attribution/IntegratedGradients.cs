using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Integrated gradients: gradients along the straight path from a baseline to the input, averaged and multiplied by the way
/// gone.</summary>
/// <remarks>
/// Sums to score(input) - score(baseline); the difference that the quadrature leaves is reported per item as the completeness gap.
/// Costs steps x a gradient (about 100 forward passes by default). The baseline 0 is the mean level of z-scored spectrograms; silence is
/// min. Sundararajan, Taly, Yan, "Axiomatic attribution for deep networks", arXiv:1703.01365. As captum's IntegratedGradients.
/// </remarks>
[MethodId("integrated-gradients")]
public sealed record IntegratedGradients : AttributionMethod
{
    private static readonly Gradient s_gradient = new();
    private static readonly ProgramSpec s_program = s_gradient.Program;
    private const int MostSteps = 10_000;
    private readonly int _steps = 50;

    /// <summary>The number of gradients along the path, 1 (2 for the trapezoids) to 10000; 50 by default.</summary>
    /// <exception cref="ArgumentException">The number is out of range.</exception>
    public int Steps
    {
        get => _steps;
        init
        {
            Guard.Require(value is >= 1 and <= MostSteps, nameof(Steps), value, $"1 to {MostSteps}");
            _steps = value;
        }
    }

    /// <summary>Where gradients are taken: gauss-legendre (default), trapezoid, composite-trapezoid or right-riemann.</summary>
    public PathQuadrature Quadrature { get; init; }

    /// <summary>What the path starts from: 0 (default) or another number, min or mean of the item.</summary>
    public Baseline Baseline { get; init; }

    /// <inheritdoc/>
    public override Baseline? ShareBaseline => Baseline;

    /// <inheritdoc/>
    protected internal override void Validate()
    {
        if (Steps < 2 && Quadrature is PathQuadrature.Trapezoid or PathQuadrature.CompositeTrapezoid)
            throw new ArgumentException($"The quadrature trapezoid needs at least 2 steps, but steps is {Steps}.");
    }

    internal override void ThrowIfUnfit(AudioClassifier model)
    {
        base.ThrowIfUnfit(model);
        s_gradient.ThrowIfUnfit(model);
    }

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        PathPoints points = PathPoints.Of(Quadrature, Steps, request.CancellationToken);
        int[] targets = request.Targets;
        FloatTensor map = new(request.Input.Shape);
        FloatTensor baselines = Baselines(request.Input);
        int done = 0;
        int batch = Math.Min(request.Model.ItemsAtOnce(s_program, request.Input, request.CancellationToken), Steps);
        FloatTensor path = new([batch, .. request.Input.Shape[1..]]);
        for (int item = 0; item < request.Items; item++)
        {
            ReadOnlySpan<float> input = request.Input.Item(item).Span;
            ReadOnlySpan<float> baseline = baselines.Item(item).Span;
            Span<float> sum = map.Item(item).Span;
            for (int start = 0; start < Steps; start += batch)
            {
                int count = Math.Min(batch, Steps - start);
                FillPath(path, input, baseline, points.Positions.AsSpan(start, count));
                FloatTensor gradients = Gradients(request, path.Items(0, count), targets[item]);
                for (int i = 0; i < count; i++)
                    TensorPrimitives.MultiplyAdd(gradients.Item(i).Span, (float)points.Weights[start + i], sum, sum);
                request.Report(done += count, Steps * request.Items);
            }

            for (int i = 0; i < sum.Length; i++)
                sum[i] *= input[i] - baseline[i];
        }

        return new AttributionOutcome { Map = map, CompletenessGap = Gaps(request, map, baselines, targets) };
    }

    private static FloatTensor Gradients(AttributionRequest request, FloatTensor inputs, int target)
    {
        int[] targets = new int[inputs.Shape[0]];
        targets.AsSpan().Fill(target);
        return request.Model.Run(s_program, inputs, targets, request.CancellationToken).Relevance;
    }

    private static void FillPath(FloatTensor path, ReadOnlySpan<float> input, ReadOnlySpan<float> baseline, ReadOnlySpan<double> positions)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            Span<float> point = path.Item(i).Span;
            TensorPrimitives.Subtract(input, baseline, point);
            TensorPrimitives.MultiplyAdd(point, (float)positions[i], baseline, point);
        }
    }

    private static double[] Gaps(AttributionRequest request, FloatTensor map, FloatTensor baselines, int[] targets)
    {
        FloatTensor atBaseline = request.Model.Logits(baselines, request.CancellationToken);
        double[] gaps = new double[request.Items];
        for (int item = 0; item < gaps.Length; item++)
        {
            double total = 0;
            foreach (float value in map.Item(item).Span)
                total += value;
            Prediction prediction = request.Predictions[item];
            gaps[item] = total - (prediction.Logits.Span[targets[item]] - (double)atBaseline.Item(item).Span[targets[item]]);
        }

        return gaps;
    }

    private FloatTensor Baselines(FloatTensor input)
    {
        FloatTensor baselines = new(input.Shape);
        for (int item = 0; item < input.Shape[0]; item++)
            baselines.Item(item).Span.Fill(Baseline.For(input.Item(item).Span));
        return baselines;
    }
}
