using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>For every cell, the mean score over masks weighted by how much they show it, less the mean over all masks; of all masks, and of
/// every second one.</summary>
internal sealed class RiseSums(int cells)
{
    private readonly Half _all = new(cells);
    private readonly Half _even = new(cells);
    private double _first;

    public void Add(ReadOnlySpan<float> mask, double score)
    {
        // Scores are taken relative to the first one: equal scores then cancel without rounding
        if (_all.Count == 0)
            _first = score;
        bool isEven = _all.Count % 2 == 0;
        _all.Add(mask, score - _first);
        if (isEven)
            _even.Add(mask, score - _first);
    }

    public void Write(Span<float> map) => _all.Write(map);

    /// <summary>The maps of the even and of the odd masks; zero for a half without masks.</summary>
    public void WriteHalves(Span<float> even, Span<float> odd)
    {
        _even.Write(even);
        _all.Less(_even).Write(odd);
    }

    private sealed class Half(int cells)
    {
        private readonly double[] _shown = new double[cells];
        private readonly double[] _scored = new double[cells];
        private double _sum;

        public int Count { get; private set; }

        public void Add(ReadOnlySpan<float> mask, double score)
        {
            Count++;
            _sum += score;
            for (int i = 0; i < mask.Length; i++)
            {
                _shown[i] += mask[i];
                _scored[i] += mask[i] * score;
            }
        }

        public Half Less(Half part)
        {
            Half rest = new(_shown.Length) { Count = Count - part.Count, _sum = _sum - part._sum };
            TensorPrimitives.Subtract<double>(_shown, part._shown, rest._shown);
            TensorPrimitives.Subtract<double>(_scored, part._scored, rest._scored);
            return rest;
        }

        public void Write(Span<float> map)
        {
            double mean = Count > 0 ? _sum / Count : 0;
            for (int i = 0; i < map.Length; i++)
                map[i] = _shown[i] > 0 ? (float)((_scored[i] / _shown[i]) - mean) : 0;
        }
    }
}
