namespace AudioEmotionXai.Evaluation;

/// <summary>
/// A number that says how good, or of what kind, a map is. A metric is its options; which way it is read is data on the type.
/// </summary>
public abstract record ExplanationMetric
{
    /// <summary>The name in tables and JSON, in lower-case words joined by underscores.</summary>
    public abstract string Name { get; }

    /// <summary>Which way it is read.</summary>
    public abstract MetricDirection Direction { get; }

    /// <summary>One line: what it measures, and on what.</summary>
    public abstract string Summary { get; }

    /// <summary>One line: what must hold for the number to mean that.</summary>
    public abstract string Assumes { get; }

    /// <summary>The paper, as <c>arXiv:…</c> or <c>doi:…</c>.</summary>
    public abstract string Paper { get; }

    /// <summary>Every metric with its default options, in the order of tables.</summary>
    public static IReadOnlyList<ExplanationMetric> All { get; } =
    [
        new DeletionMetric(), new InsertionMetric(), new PixelFlippingMetric(), new RelevanceGainMetric(), new RegionPerturbationMetric(),
        new RoadMetric { Order = RemovalOrder.MostRelevantFirst }, new RoadMetric { Order = RemovalOrder.LeastRelevantFirst },
        new IrofMetric(), new FaithfulnessCorrelationMetric(), new InfidelityMetric(),
        new InfidelityMetric { Disturbance = InfidelityDisturbance.Square }, new MaxSensitivityMetric(), new SparsenessMetric(),
        new ComplexityMetric(), new CompletenessMetric(),
    ];

    /// <summary>The two whose curves a report draws, at 11 runs of the model a clip and method each.</summary>
    public static IReadOnlyList<ExplanationMetric> Curves { get; } = [new DeletionMetric(), new InsertionMetric()];

    /// <summary>The value for one clip; NaN where the metric is not defined for it.</summary>
    internal abstract double Measure(MetricContext context);

    /// <summary>Why the metric is not defined for a clip's map, where it is not.</summary>
    internal virtual string WhyNotDefined(MetricContext context) => "the map, or what the model says, does not change";

    /// <summary>The area under evenly spaced values by trapezoids, over an axis from 0 to 1.</summary>
    internal static double Area(ReadOnlySpan<float> curve)
    {
        double sum = 0;
        for (int i = 1; i < curve.Length; i++)
            sum += (curve[i - 1] + (double)curve[i]) / 2;
        return sum / (curve.Length - 1);
    }
}
