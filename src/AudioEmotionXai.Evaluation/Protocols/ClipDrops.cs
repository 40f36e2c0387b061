namespace AudioEmotionXai.Evaluation;

/// <summary>
/// What the controlled protocol measures for one clip: falls of the class's probability and of its log-odds, all raw, so that every table
/// is
/// made from them; NaN in conditions that were not this clip's turn, and in masks that a row does not have.
/// </summary>
internal sealed class ClipDrops
{
    private readonly DropLayout _layout;
    private readonly float[][] _values;

    /// <summary>Room for the drops of a clip.</summary>
    public ClipDrops(DropLayout layout)
    {
        _layout = layout;
        _values = [new float[layout.Lines * layout.Conditions], new float[layout.Lines * layout.Conditions]];
        foreach (float[] values in _values)
            values.AsSpan().Fill(float.NaN);
    }

    /// <summary>Whether every measured drop is finite.</summary>
    public bool IsFinite { get; set; } = true;

    /// <summary>A mask's drops on a scale, by condition.</summary>
    public Span<float> Line(int line, DropScale scale) => Lines(line, 1, scale);

    /// <summary>The drops of consecutive masks, by condition.</summary>
    public Span<float> Lines(int first, int count, DropScale scale) =>
        _values[(int)scale].AsSpan(first * _layout.Conditions, count * _layout.Conditions);

    /// <summary>The mean drop with a row's own cells over some conditions; NaN where none was measured.</summary>
    public double Own(int row, DropScale scale, IReadOnlyList<int> conditions) => MeanOf(Line(DropLayout.Own(row), scale), conditions);

    /// <summary>The same with the cells that come first in the other order of signed maps.</summary>
    public double OtherOrder(int row, DropScale scale, IReadOnlyList<int> conditions) =>
        MeanOf(Line(_layout.OtherOrder(row), scale), conditions);

    /// <summary>The mean drop over a control's draws.</summary>
    public double Control(int row, MaskControl control, DropScale scale, IReadOnlyList<int> conditions)
    {
        double sum = 0;
        for (int draw = 0; draw < _layout.Draws; draw++)
            sum += MeanOf(Line(_layout.Control(row, control, draw), scale), conditions);
        return sum / _layout.Draws;
    }

    private static double MeanOf(ReadOnlySpan<float> values, IReadOnlyList<int> conditions)
    {
        double sum = 0;
        int count = 0;
        foreach (int condition in conditions)
            if (!float.IsNaN(values[condition]))
            {
                sum += values[condition];
                count++;
            }

        return sum / count;
    }
}
