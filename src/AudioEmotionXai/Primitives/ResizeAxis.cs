namespace AudioEmotionXai;

/// <summary>Where each target cell of one axis lies between two source cells.</summary>
internal readonly struct ResizeAxis
{
    private ResizeAxis(int length)
    {
        Lower = new int[length];
        Upper = new int[length];
        Fraction = new float[length];
    }

    /// <summary>The source cell at or before.</summary>
    public int[] Lower { get; }

    /// <summary>The source cell after; the last one again at the edge.</summary>
    public int[] Upper { get; }

    /// <summary>How far towards the upper one, 0 to 1.</summary>
    public float[] Fraction { get; }

    public static ResizeAxis Create(int source, int target, bool alignCorners)
    {
        ResizeAxis axis = new(target);
        double scale = alignCorners ? (target > 1 ? (source - 1.0) / (target - 1) : 0) : (double)source / target;
        for (int i = 0; i < target; i++)
        {
            double position = alignCorners ? i * scale : Math.Max(0, ((i + 0.5) * scale) - 0.5);
            int lower = Math.Min((int)position, source - 1);
            axis.Lower[i] = lower;
            axis.Upper[i] = Math.Min(lower + 1, source - 1);
            axis.Fraction[i] = (float)(position - lower);
        }

        return axis;
    }
}
