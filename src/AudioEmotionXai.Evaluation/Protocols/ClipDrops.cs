namespace AudioEmotionXai.Evaluation;

/// <summary>What the controlled protocol measures for one clip: falls of the class's probability, all raw, so that every table is made from
/// them; NaN in conditions that were not this clip's turn.</summary>
internal sealed class ClipDrops
{
    private readonly int _conditions;
    private readonly int _draws;

    /// <summary>Room for the drops of a clip; NaN until measured.</summary>
    public ClipDrops(int methods, int draws, int conditions)
        : this(
            NotMeasured(methods * conditions), NotMeasured(draws * conditions), NotMeasured(methods * draws * conditions), draws, conditions
        )
    { }

    /// <summary>Drops that were measured before.</summary>
    public ClipDrops(float[] important, float[] scattered, float[] shifted, int draws, int conditions)
    {
        Important = important;
        Scattered = scattered;
        Shifted = shifted;
        _draws = draws;
        _conditions = conditions;
    }

    /// <summary>With the method's area: by method, then condition (share, fill).</summary>
    public float[] Important { get; }

    /// <summary>With scattered cells, the same for all methods: by draw, then condition.</summary>
    public float[] Scattered { get; }

    /// <summary>With the method's area moved: by method, draw, condition.</summary>
    public float[] Shifted { get; }

    /// <summary>The drop with the method's area, averaged over conditions, then that of each draw of a control: what a permutation test
    /// relabels.</summary>
    public double[] Labelled(int method, MaskControl control)
    {
        double[] means = new double[1 + _draws];
        means[0] = MeanOf(Important.AsSpan(method * _conditions, _conditions));
        for (int draw = 0; draw < _draws; draw++)
            means[1 + draw] = MeanOf(Row(method, control, draw));
        return means;
    }

    /// <summary>The drop with the method's area in one condition.</summary>
    public double ImportantAt(int method, int condition) => Important[(method * _conditions) + condition];

    /// <summary>The mean drop over a control's draws in one condition.</summary>
    public double ControlAt(int method, MaskControl control, int condition)
    {
        double sum = 0;
        for (int draw = 0; draw < _draws; draw++)
            sum += Row(method, control, draw)[condition];
        return sum / _draws;
    }

    private ReadOnlySpan<float> Row(int method, MaskControl control, int draw) => control == MaskControl.Scattered
        ? Scattered.AsSpan(draw * _conditions, _conditions)
        : Shifted.AsSpan(((method * _draws) + draw) * _conditions, _conditions);

    private static double MeanOf(ReadOnlySpan<float> values)
    {
        double sum = 0;
        int count = 0;
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                continue;
            sum += value;
            count++;
        }

        return sum / count;
    }

    private static float[] NotMeasured(int count)
    {
        float[] values = new float[count];
        values.AsSpan().Fill(float.NaN);
        return values;
    }
}
