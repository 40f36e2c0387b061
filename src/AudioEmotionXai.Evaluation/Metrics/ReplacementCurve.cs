namespace AudioEmotionXai.Evaluation;

/// <summary>The class's probability while cells are replaced, or put back, in order of relevance.</summary>
internal static class ReplacementCurve
{
    /// <summary>The probabilities at 0, 1/steps, … 1 of the cells.</summary>
    public static float[] Measure(MetricContext context, int steps, float baseline, bool isInsertion)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        int[] order = context.Order();
        float[] fill = new float[context.Input.Length];
        fill.AsSpan().Fill(baseline);
        MaskedBatch batch = context.Probabilities();
        for (int step = 0; step <= steps; step++)
        {
            // linspace(0, n, steps + 1) cut to whole cells
            bool[] mask = CellOrder.First(order, (int)((long)order.Length * step / steps));
            if (isInsertion)
                batch.Add(fill, mask, context.Input.Span, context.Target);
            else
                batch.Add(context.Input.Span, mask, fill, context.Target);
        }

        return batch.Finish();
    }
}
