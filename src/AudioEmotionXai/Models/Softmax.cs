namespace AudioEmotionXai;

/// <summary>Logits to probabilities, in double precision against overflow and loss.</summary>
internal static class Softmax
{
    public static float[] Of(ReadOnlySpan<float> logits)
    {
        float[] probabilities = new float[logits.Length];
        Of(logits, probabilities);
        return probabilities;
    }

    public static void Of(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        double largest = double.NegativeInfinity;
        foreach (float logit in logits)
            largest = Math.Max(largest, logit);
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - largest);
        for (int i = 0; i < logits.Length; i++)
            probabilities[i] = (float)(Math.Exp(logits[i] - largest) / sum);
    }
}
