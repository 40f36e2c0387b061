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

    /// <summary>The log-odds of every class: (N, classes) to (N, classes).</summary>
    public static FloatTensor Of(FloatTensor logits)
    {
        FloatTensor odds = new(logits.Shape);
        int count = logits.Shape[0], classes = logits.Length / count;
        for (int item = 0; item < count; item++)
        {
            ReadOnlySpan<float> row = logits.Span.Slice(item * classes, classes);
            for (int target = 0; target < classes; target++)
                odds.Span[(item * classes) + target] = (float)Of(row, target);
        }

        return odds;
    }

    /// <summary>The probability that has these log-odds.</summary>
    public static double ToProbability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
