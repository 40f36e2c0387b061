using System.Numerics.Tensors;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The largest relative change of the map under tiny uniform noise: max ‖a(x + δ) − a(x)‖ / ‖a(x)‖.
/// Yeh et al., "On the (in)fidelity and sensitivity of explanations", 2019, arXiv:1901.09392.
/// </summary>
/// <remarks>As captum; NaN where the map is zero. A map that ignores the model can be perfect here.</remarks>
public sealed record MaxSensitivityMetric : ExplanationMetric
{
    /// <summary>The number of draws, at least 1. Default 10.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>The noise lies between minus and plus this, in units of the input. Default 0.02.</summary>
    public double Radius { get; init; } = 0.02;

    /// <inheritdoc/>
    public override string Name => "max_sensitivity";

    /// <inheritdoc/>
    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public override string Summary => "largest relative change of the map under tiny noise";

    /// <inheritdoc/>
    public override string Assumes => "the model itself does not change within the noise; a map that ignores the model can be perfect";

    /// <inheritdoc/>
    public override string Paper => "arXiv:1901.09392";

    internal override double Measure(MetricContext context)
    {
        KeyedRandom random = new(context.Seed, 24);
        FloatTensor copies = new([Samples, .. context.Input.Shape[1..]]);
        for (int i = 0; i < copies.Length; i++)
            copies.Span[i] = (float)(context.Input.Span[i % context.Input.Length] + (Radius * ((2 * random.NextDouble()) - 1)));
        FloatTensor maps = context.Explain(copies, context.CancellationToken);
        double norm = TensorPrimitives.Norm(context.Map.Span), largest = 0;
        for (int sample = 0; sample < Samples; sample++)
            largest = Math.Max(largest, TensorPrimitives.Distance(maps.Item(sample).Span, context.Map.Span));
        return norm == 0 ? double.NaN : largest / norm;
    }
}
