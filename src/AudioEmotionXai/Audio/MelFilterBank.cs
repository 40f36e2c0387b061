using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Overlapping triangles, equally spaced in mel, that sum a spectrum into mel bins. Only the part of each triangle that is not
/// zero is kept and applied.</summary>
/// <remarks>M. Slaney: Auditory Toolbox, Interval Research TR 1998-010; as librosa's <c>filters.mel</c>.</remarks>
internal sealed class MelFilterBank
{
    private readonly double[] _weights;
    private readonly int[] _first;
    private readonly int[] _start;

    public MelFilterBank(LogMelOptions options)
    {
        double[] edges = Edges(options);
        Centres = edges[1..^1];
        _first = new int[options.MelBins];
        _start = new int[options.MelBins + 1];
        List<double> weights = [];
        for (int bin = 0; bin < options.MelBins; bin++)
        {
            AddTriangle(options, edges.AsSpan(bin, 3), bin, weights);
            _start[bin + 1] = weights.Count;
        }

        _weights = [.. weights];
    }

    /// <summary>The peak of each triangle in Hz.</summary>
    public double[] Centres { get; }

    /// <summary>The number of mel bins.</summary>
    public int Bins => _first.Length;

    /// <summary>One bin's share of a spectrum.</summary>
    /// <param name="bin">The mel bin.</param>
    /// <param name="spectrum">FftSize/2 + 1 values.</param>
    public double Apply(int bin, ReadOnlySpan<double> spectrum)
    {
        ReadOnlySpan<double> weights = Triangle(bin, out int first);
        return TensorPrimitives.Dot(weights, spectrum.Slice(first, weights.Length));
    }

    /// <summary>One bin's triangle: its weights, from the first frequency that it may touch.</summary>
    /// <param name="bin">The mel bin.</param>
    /// <param name="first">The index of the weights' first frequency.</param>
    public ReadOnlySpan<double> Triangle(int bin, out int first)
    {
        first = _first[bin];
        return _weights.AsSpan(_start[bin], _start[bin + 1] - _start[bin]);
    }

    private static double[] Edges(LogMelOptions options)
    {
        double low = MelScales.ToMel(options.MinimumFrequency, options.MelScale);
        double high = MelScales.ToMel(options.MaximumFrequency, options.MelScale);
        double[] edges = new double[options.MelBins + 2];
        for (int i = 0; i < edges.Length; i++)
            edges[i] = MelScales.ToHertz(low + ((high - low) * i / (edges.Length - 1)), options.MelScale);
        return edges;
    }

    private void AddTriangle(LogMelOptions options, ReadOnlySpan<double> edges, int bin, List<double> weights)
    {
        double height = options.MelNorm == MelNorm.Slaney ? 2 / (edges[2] - edges[0]) : 1;
        double hertz = (double)options.SampleRate / options.FftSize;
        int first = Math.Max(0, (int)Math.Floor(edges[0] / hertz));
        int last = Math.Min(options.FftSize / 2, (int)Math.Ceiling(edges[2] / hertz));
        _first[bin] = first;
        for (int i = first; i <= last; i++)
        {
            double frequency = i * hertz;
            double rising = (frequency - edges[0]) / (edges[1] - edges[0]);
            double falling = (edges[2] - frequency) / (edges[2] - edges[1]);
            weights.Add(height * Math.Max(0, Math.Min(rising, falling)));
        }
    }
}
