namespace AudioEmotionXai.Reporting;

/// <summary>The power that a part of a clip has at each frequency, added up over its frames, and how much of each frequency belongs to
/// it.</summary>
internal sealed class PartSpectrum(int frequencies, double hertzPerFrequency)
{
    private const double LowestHertz = 500, HighestHertz = 5000, BandsPerOctave = 3;

    private readonly double[] _power = new double[frequencies];
    private readonly double[] _weight = new double[frequencies];

    public double TotalPower => _power.Sum();

    public double TotalWeight => _weight.Sum();

    /// <summary>Adds one frame's share.</summary>
    /// <param name="power">The frame's power spectrum.</param>
    /// <param name="mask">How much of each frequency belongs to the part, 0 to 1.</param>
    public void Add(ReadOnlySpan<double> power, ReadOnlySpan<double> mask)
    {
        for (int k = 0; k < _power.Length; k++)
        {
            _power[k] += mask[k] * power[k];
            _weight[k] += mask[k];
        }
    }

    /// <summary>The mean frequency, each counting with its power.</summary>
    public double? Centroid()
    {
        double moment = 0, sum = TotalPower;
        for (int k = 0; k < _power.Length; k++)
            moment += k * hertzPerFrequency * _power[k];
        return sum > 0 ? moment / sum : null;
    }

    /// <summary>
    /// The slope in dB per octave: bands a third of an octave apart and two octaves wide (squared cosines), the mean power of the part's
    /// cells in each as a level, least squares on the mean log2 of these cells' frequencies, each band counting as much as it belongs to
    /// the part.
    /// </summary>
    public double? Tilt()
    {
        List<Band> bands = [];
        double highest = Math.Min(HighestHertz, (_power.Length - 1) * hertzPerFrequency / 2);
        for (int i = 0; LowestHertz * Math.Pow(2, i / BandsPerOctave) <= highest * 1.001; i++)
            if (BandAround(LowestHertz * Math.Pow(2, i / BandsPerOctave)) is { Power: > 0 } band)
                bands.Add(band);
        if (SpanOf(bands) < 1)
            return null;
        double[] levels = [.. bands.Select(band => 10 * Math.Log10(band.Power))];
        return WeightedStatistics.Slope(bands.Select(band => band.Octave).ToArray(), levels, bands.Select(band => band.Share).ToArray());
    }

    private Band BandAround(double middle)
    {
        double power = 0, weight = 0, octaves = 0, all = 0;
        for (int k = (int)Math.Ceiling(middle / 2 / hertzPerFrequency); k < _power.Length && k * hertzPerFrequency < middle * 2; k++)
        {
            double cosine = Math.Cos(Math.PI / 2 * Math.Log2(k * hertzPerFrequency / middle)), taper = cosine * cosine;
            power += taper * _power[k];
            weight += taper * _weight[k];
            octaves += taper * _weight[k] * Math.Log2(k * hertzPerFrequency);
            all += taper;
        }

        return weight > 0 ? new Band(octaves / weight, power / weight, weight / all) : default;
    }

    /// <summary>How many octaves the bands cover that belong to the part at least a tenth as much as the one that does so most.</summary>
    private static double SpanOf(List<Band> bands)
    {
        double least = 0.1 * bands.Select(band => band.Share).DefaultIfEmpty().Max();
        double[] octaves = [.. bands.Where(band => band.Share >= least).Select(band => band.Octave)];
        return octaves.Length == 0 ? 0 : octaves.Max() - octaves.Min();
    }

    /// <summary>A stretch of frequencies: where the part's cells lie in it, their mean power, and how much of it they are.</summary>
    private readonly record struct Band(double Octave, double Power, double Share);
}

/// <summary>A clip's power spectra, to be shared out among a part and the rest.</summary>
internal sealed class CellSpectra
{
    private readonly double[][] _powers;
    private readonly MelMaskLift _lift;
    private readonly int _bins;
    private readonly double _hertz;

    /// <summary>Makes the spectra of the frames in which the clip sounds.</summary>
    public CellSpectra(AudioClip heard, LogMelOptions frontEnd, double[] window, int frames)
    {
        int size = frontEnd.FftSize;
        (_bins, _hertz, _lift) = (frontEnd.MelBins, (double)frontEnd.SampleRate / size, new MelMaskLift(frontEnd));
        RealSpectrum spectrum = new(size);
        float[] samples = new float[size];
        _powers = new double[frames][];
        for (int frame = 0; frame < frames; frame++)
        {
            Read(heard.Samples.Span, (frame * frontEnd.HopLength) - (frontEnd.Center ? size / 2 : 0), samples);
            spectrum.Power(samples, window, _powers[frame] = new double[(size / 2) + 1]);
        }
    }

    /// <summary>Adds up the frames of a part, and of the rest.</summary>
    /// <param name="cells">How much each cell belongs to the part, bins x frames.</param>
    public (PartSpectrum Important, PartSpectrum Others) Share(ReadOnlySpan<float> cells)
    {
        int frequencies = _powers[0].Length;
        PartSpectrum important = new(frequencies, _hertz), rest = new(frequencies, _hertz);
        double[] mel = new double[_bins], last = new double[_bins], linear = new double[frequencies], others = new double[frequencies];
        last.AsSpan().Fill(double.NaN);
        for (int frame = 0; frame < _powers.Length; frame++)
        {
            for (int bin = 0; bin < mel.Length; bin++)
                mel[bin] = cells[(bin * _powers.Length) + frame];
            // A part is often the same for several frames
            if (!mel.AsSpan().SequenceEqual(last))
            {
                mel.CopyTo(last, 0);
                _lift.Lift(mel, linear);
                for (int k = 0; k < frequencies; k++)
                    others[k] = 1 - linear[k];
            }

            important.Add(_powers[frame], linear);
            rest.Add(_powers[frame], others);
        }

        return (important, rest);
    }

    /// <summary>A frame of the clip; silence where it reaches beyond its ends.</summary>
    private static void Read(ReadOnlySpan<float> clip, int start, Span<float> frame)
    {
        frame.Clear();
        int first = Math.Max(0, start), last = Math.Min(clip.Length, start + frame.Length);
        if (first < last)
            clip[first..last].CopyTo(frame[(first - start)..]);
    }
}
