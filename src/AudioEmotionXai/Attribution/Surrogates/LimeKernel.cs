namespace AudioEmotionXai;

/// <summary>
/// How much a sample counts: sqrt(exp(-d² / width²)), where d is the cosine distance 1 - sqrt(shown / all) to the sample that shows
/// everything.
/// </summary>
internal static class LimeKernel
{
    public static double Distance(ReadOnlySpan<byte> row)
    {
        int shown = row.Length - row.Count((byte)0);
        return 1 - Math.Sqrt((double)shown / row.Length);
    }

    public static double Weight(ReadOnlySpan<byte> row, double width)
    {
        double distance = Distance(row);
        return Math.Sqrt(Math.Exp(-(distance * distance) / (width * width)));
    }
}
