namespace AudioEmotionXai.Evaluation;

/// <summary>Log-odds of a class, log(p / (1 - p)) in nats, from the logits of a softmax: exact where the probability rounds to 1.</summary>
internal static class LogOdds
{
    /// <summary>The log-odds of one class.</summary>
    public static double Of(ReadOnlySpan<float> logits, int target)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < logits.Length; i++)
            if (i != target)
                largest = Math.Max(largest, logits[i]);
        for (int i = 0; i < logits.Length; i++)
            if (i != target)
                sum += Math.Exp(logits[i] - largest);
        return logits[target] - largest - Math.Log(sum);
    }

    /// <summary>The probability that has these log-odds.</summary>
    public static double ToProbability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
