namespace AudioEmotionXai.Attribution.Surrogates;

/// <summary>The linear model that stands in for the network around one clip, for one class.</summary>
public sealed class LinearSurrogate
{
    internal LinearSurrogate(double[] coefficients, double[] standardErrors, int[] order, double intercept, double score, double localPrediction)
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

    /// <summary>How far each coefficient would vary with other random samples (one standard deviation), estimated from the residuals.</summary>
    public ReadOnlyMemory<double> StandardErrors { get; }

    /// <summary>The segments that the model uses, largest absolute coefficient first.</summary>
    public ReadOnlyMemory<int> Order { get; }

    /// <summary>The model's value where every segment is hidden.</summary>
    public double Intercept { get; }

    /// <summary>The weighted R² over the samples: 1 where the network is linear in its segments.</summary>
    public double Score { get; }

    /// <summary>The model's value where every segment is shown; compare it with the network's.</summary>
    public double LocalPrediction { get; }
}
