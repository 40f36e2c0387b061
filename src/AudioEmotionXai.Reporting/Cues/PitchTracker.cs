namespace AudioEmotionXai.Reporting;

/// <summary>
/// The fundamental frequency of a clip over time: YIN's dips in every frame (<see cref="YinDifference"/>), the least costly path through
/// them (<see cref="PitchPath"/>), and a frame without a dip that is deep enough, or that is silent, is not voiced.
/// </summary>
/// <remarks>
/// Where YIN takes the first dip below a fixed threshold, the path is given all of them, deeper ones and higher pitches first, so that
/// neighbouring frames help against octave errors. Frames lie wholly inside the clip: a clip shorter than one has none.
/// </remarks>
internal static class PitchTracker
{
    private const double OctaveCost = 0.03;
    private const int MostCandidates = 8;

    public static PitchFrame[] Track(AudioClip recording, PitchOptions options)
    {
        AudioClip clip = Resampler.Resample(recording, Math.Max(recording.SampleRate, options.LeastSampleRate));
        ReadOnlySpan<float> samples = clip.Samples.Span;
        YinDifference yin = new(clip.SampleRate, options);
        int[] centres = Centres(samples.Length, clip.SampleRate, yin.Margin, options.HopSeconds);
        double[] powers = Array.ConvertAll(centres, centre => PowerOf(clip.Samples.Span.Slice(centre - yin.Margin, 2 * yin.Margin)));
        double quietest = powers.Length == 0 ? 0 : powers.Max() * Math.Pow(10, -options.SilenceDecibels / 10);
        PitchPath path = new();
        for (int i = 0; i < centres.Length; i++)
            path.Add(IsSilent(powers[i], quietest) ? [Unvoiced(0)] : Candidates(yin, samples, centres[i], options));
        double[] lags = path.Trace();
        PitchFrame[] frames = new PitchFrame[centres.Length];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = new PitchFrame(
                (double)centres[i] / clip.SampleRate, lags[i] > 0 ? clip.SampleRate / lags[i] : 0, IsSilent(powers[i], quietest));
        return frames;
    }

    private static int[] Centres(int samples, int rate, int margin, double hop)
    {
        List<int> centres = [];
        for (int i = 0; ; i++)
        {
            long centre = margin + (long)Math.Round(i * hop * rate);
            if (centre + margin > samples)
                return [.. centres];
            centres.Add((int)centre);
        }
    }

    private static PitchCandidate[] Candidates(YinDifference yin, ReadOnlySpan<float> samples, int centre, PitchOptions options)
    {
        yin.Measure(samples, centre);
        List<PitchCandidate> candidates = [];
        yin.AddDips(candidates);
        for (int i = 0; i < candidates.Count; i++)
            candidates[i] = candidates[i] with { Cost = candidates[i].Cost + (OctaveCost * Math.Log2(candidates[i].Lag / yin.Shortest)) };
        candidates.Sort((a, b) => (a.Cost, a.Lag).CompareTo((b.Cost, b.Lag)));
        if (candidates.Count > MostCandidates)
            candidates.RemoveRange(MostCandidates, candidates.Count - MostCandidates);
        return [Unvoiced(options.VoicedAperiodicity), .. candidates];
    }

    private static PitchCandidate Unvoiced(double cost) => new(0, cost);

    private static bool IsSilent(double power, double quietest) => power == 0 || power < quietest;

    private static double PowerOf(ReadOnlySpan<float> samples) => samples.IsEmpty ? 0 : Sums.OfSquares(samples) / samples.Length;
}
