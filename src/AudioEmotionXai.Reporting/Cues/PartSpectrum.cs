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

/// <summary>Shares a clip's power spectra out among a part and the rest.</summary>
internal static class CellSpectra
{
    /// <summary>Adds up the frames in which the clip sounds.</summary>
    public static (PartSpectrum Important, PartSpectrum Others) From(
        AudioClip heard, TimeFrequencyMap mask, LogMelOptions frontEnd, double[] window, int frames)
    {
        int size = frontEnd.FftSize, frequencies = (size / 2) + 1;
        double hertz = (double)frontEnd.SampleRate / size;
        PartSpectrum important = new(frequencies, hertz), rest = new(frequencies, hertz);
        RealSpectrum spectrum = new RealSpectrum(size);
        MelMaskLift lift = new(frontEnd);
        float[] samples = new float[size];
        double[] mel = new double[mask.Bins],
            linear = new double[frequencies],
            others = new double[frequencies],
            power = new double[frequencies];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int bin = 0; bin < mel.Length; bin++)
                mel[bin] = Math.Clamp(mask[bin, frame], 0f, 1f);
            lift.Lift(mel, linear);
            for (int k = 0; k < frequencies; k++)
                others[k] = 1 - linear[k];
            Read(heard.Samples.Span, (frame * frontEnd.HopLength) - (frontEnd.Center ? size / 2 : 0), samples);
            spectrum.Power(samples, window, power);
            important.Add(power, linear);
            rest.Add(power, others);
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
