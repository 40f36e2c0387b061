using System.Numerics.Tensors;
using NWaves.Filters.Fda;
using NWaves.Utils;

namespace AudioEmotionXai;

/// <summary>Overlapping triangles, equally spaced in mel, that sum a spectrum into mel bins: NWaves' weights, of which only the part of
/// each triangle that is not zero is kept and applied.</summary>
/// <remarks>M. Slaney: Auditory Toolbox, Interval Research TR 1998-010; as librosa's <c>filters.mel</c>. The weights have single
/// precision, what is summed with them has double.</remarks>
internal sealed class MelFilterBank
{
    private readonly double[][] _weights;
    private readonly int[] _first;
    private readonly double _hertz;

    public MelFilterBank(LogMelOptions options)
    {
        (double Low, double Centre, double High)[] bands = options.MelScale == MelScale.Slaney
            ? FilterBanks.MelBandsSlaney(options.MelBins, options.SampleRate, options.MinimumFrequency, options.MaximumFrequency)
            : FilterBanks.MelBands(options.MelBins, options.SampleRate, options.MinimumFrequency, options.MaximumFrequency);
        Centres = Array.ConvertAll(bands, band => band.Centre);
        _weights = new double[bands.Length][];
        _first = new int[bands.Length];
        LineSums = new double[(options.FftSize / 2) + 1];
        _hertz = (double)options.SampleRate / options.FftSize;
        for (int bin = 0; bin < bands.Length; bin++)
        {
            (_first[bin], _weights[bin]) = RowOf(options, bands[bin]);
            Span<double> touched = LineSums.AsSpan(_first[bin], _weights[bin].Length);
            TensorPrimitives.Add(touched, _weights[bin], touched);
        }
    }

    /// <summary>What the weights of all triangles sum to at each spectral line.</summary>
    public double[] LineSums { get; }

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

    /// <summary>One bin's triangle: its weights, from the first frequency that it touches; none where it is too narrow to touch
    /// one.</summary>
    /// <param name="bin">The mel bin.</param>
    /// <param name="first">The index of the weights' first frequency.</param>
    public ReadOnlySpan<double> Triangle(int bin, out int first)
    {
        first = _first[bin];
        return _weights[bin];
    }

    /// <summary>Deals out what spectral lines have to the bins, in proportion to the lines' weights; a line that no triangle touches goes
    /// to the bin with the nearest centre.</summary>
    /// <param name="lines">FftSize/2 + 1 values.</param>
    /// <param name="bins">Receives as much in sum.</param>
    public void Share(ReadOnlySpan<double> lines, Span<double> bins)
    {
        bins.Clear();
        for (int line = 0; line < lines.Length; line++)
            if (LineSums[line] == 0)
                bins[NearestTo(line * _hertz)] += lines[line];
        for (int bin = 0; bin < bins.Length; bin++)
        {
            ReadOnlySpan<double> weights = Triangle(bin, out int first);
            for (int i = 0; i < weights.Length; i++)
                bins[bin] += weights[i] / LineSums[first + i] * lines[first + i];
        }
    }

    private int NearestTo(double hertz)
    {
        int above = Array.BinarySearch(Centres, hertz);
        above = Math.Clamp(above < 0 ? ~above : above, 0, Bins - 1);
        return above > 0 && hertz - Centres[above - 1] < Centres[above] - hertz ? above - 1 : above;
    }

    /// <summary>One triangle, made by itself: all rows of a large bank at once are mostly zeros.</summary>
    private static (int First, double[] Weights) RowOf(LogMelOptions options, (double, double, double) band)
    {
        Func<double, double>? mapper = options.MelSlopes switch
        {
            MelSlopes.Hertz => null,
            _ when options.MelScale == MelScale.Slaney => Scale.HerzToMelSlaney,
            _ => Scale.HerzToMel,
        };
        float[][] rows = FilterBanks.Triangular(options.FftSize, options.SampleRate, [band], mapper: mapper);
        if (options.MelNorm == MelNorm.Slaney)
            FilterBanks.Normalize(1, [band], rows);
        int first = Math.Max(0, rows[0].AsSpan().IndexOfAnyExcept(0));
        double[] weights = new double[rows[0].AsSpan(first).LastIndexOfAnyExcept(0) + 1];
        TensorPrimitives.ConvertChecked<float, double>(rows[0].AsSpan(first, weights.Length), weights);
        return (first, weights);
    }
}
