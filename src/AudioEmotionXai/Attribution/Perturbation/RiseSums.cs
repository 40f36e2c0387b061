namespace AudioEmotionXai;

/// <summary>For every cell, the mean score over masks weighted by how much they show it, less the mean over all masks.</summary>
internal sealed class RiseSums(int cells)
{
    private readonly double[] _shown = new double[cells];
    private readonly double[] _scored = new double[cells];
    private double _first;
    private double _sum;
    private int _count;

    public void Add(ReadOnlySpan<float> mask, double score)
    {
        // Scores are taken relative to the first one: equal scores then cancel without rounding
        if (_count++ == 0)
            _first = score;
        double relative = score - _first;
        _sum += relative;
        for (int i = 0; i < mask.Length; i++)
        {
            _shown[i] += mask[i];
            _scored[i] += mask[i] * relative;
        }
    }

    public void Write(Span<float> map)
    {
        double mean = _sum / _count;
        for (int i = 0; i < map.Length; i++)
            map[i] = _shown[i] > 0 ? (float)((_scored[i] / _shown[i]) - mean) : 0;
    }
}
