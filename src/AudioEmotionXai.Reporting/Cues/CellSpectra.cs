namespace AudioEmotionXai.Reporting;

/// <summary>Shares a clip's power spectra out among a part and the rest.</summary>
internal static class CellSpectra
{
    /// <summary>Adds up the frames in which the clip sounds.</summary>
    public static (PartSpectrum Important, PartSpectrum Others) Of(
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
