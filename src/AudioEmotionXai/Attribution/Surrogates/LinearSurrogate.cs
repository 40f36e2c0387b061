namespace AudioEmotionXai;

/// <summary>The linear model that stands in for the network around one clip, for one class.</summary>
public sealed class LinearSurrogate
{
    internal LinearSurrogate(
        double[] coefficients, double[] standardErrors, int[] order, double intercept, double score, double localPrediction)
    {
        Coefficients = coefficients;
        StandardErrors = standardErrors;
        Order = order;
        Intercept = intercept;
        Score = score;
        LocalPrediction = localPrediction;
    }

    /// <summary>What showing each segment adds to the probability; 0 for segments that were not selected.</summary>
    public ReadOnlyMemory<double> Coefficients { get; }

    /// <summary>How far each coefficient would vary with other random samples (one standard deviation), estimated from the
    /// residuals.</summary>
    public ReadOnlyMemory<double> StandardErrors { get; }

    /// <summary>The segments that the model uses, largest absolute coefficient first.</summary>
    public ReadOnlyMemory<int> Order { get; }

    /// <summary>The segments whose place among the top ones is open: those inside that are not clearly ahead of the first outside, and
    /// those outside that are not clearly behind the last inside.</summary>
    /// <param name="top">How many segments are on top.</param>
    /// <param name="separation">How many standard errors of a difference make it clear.</param>
    /// <returns>Segments in the order of <see cref="Order"/>; empty where the top is settled or holds all segments.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<int> Ties(int top, double separation = 1.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ReadOnlySpan<int> order = Order.Span;
        List<int> tied = [];
        for (int place = 0; place < order.Length && order.Length > top; place++)
            if (place < top ? Lead(order[place], order[top]) < separation : Lead(order[top - 1], order[place]) < separation)
                tied.Add(order[place]);
        return tied;
    }

    /// <summary>The standard errors that lie between two coefficients' magnitudes.</summary>
    internal double Lead(int ahead, int behind)
    {
        double difference = Math.Abs(Coefficients.Span[ahead]) - Math.Abs(Coefficients.Span[behind]);
        double error = Math.Sqrt(Math.Pow(StandardErrors.Span[ahead], 2) + Math.Pow(StandardErrors.Span[behind], 2));
        return error > 0 ? difference / error : double.PositiveInfinity;
    }

    /// <summary>The model's value where every segment is hidden.</summary>
    public double Intercept { get; }

    /// <summary>The weighted R² over the samples: 1 where the network is linear in its segments.</summary>
    public double Score { get; }

    /// <summary>The model's value where every segment is shown; compare it with the network's.</summary>
    public double LocalPrediction { get; }
}
