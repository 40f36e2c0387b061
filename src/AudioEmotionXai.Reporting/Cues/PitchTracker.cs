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

/// <summary>What was found at one time of a clip.</summary>
/// <param name="Seconds">The frame's centre.</param>
/// <param name="Hertz">The fundamental frequency; 0 where the frame is not voiced.</param>
/// <param name="IsSilent">Whether the frame is too quiet to count.</param>
internal readonly record struct PitchFrame(double Seconds, double Hertz, bool IsSilent)
{
    public bool IsVoiced => Hertz > 0;
}

/// <summary>
/// Chooses one candidate per frame so that the costs of the candidates and of the steps between them are least: a leap by an octave must
/// be worth it. Dynamic programming, as in P. Boersma, "Accurate short-term analysis of the fundamental frequency", Proc. Institute of
/// Phonetic Sciences Amsterdam 17, 97-110, 1993, with its costs for frames 10 ms apart.
/// </summary>
internal sealed class PitchPath
{
    private const double OctaveLeap = 0.35, VoicingChange = 0.14;

    private readonly List<PitchCandidate[]> _frames = [];
    private readonly List<int[]> _from = [];
    private double[] _costs = [];

    /// <summary>Adds the next frame.</summary>
    /// <param name="candidates">At least one.</param>
    public void Add(PitchCandidate[] candidates)
    {
        double[] costs = new double[candidates.Length];
        int[] from = new int[candidates.Length];
        for (int i = 0; i < candidates.Length; i++)
        {
            from[i] = _frames.Count == 0 ? 0 : Cheapest(candidates[i]);
            costs[i] = candidates[i].Cost + (_frames.Count == 0 ? 0 : _costs[from[i]] + Step(_frames[^1][from[i]], candidates[i]));
        }

        _frames.Add(candidates);
        _from.Add(from);
        _costs = costs;
    }

    /// <summary>The cheapest path: one lag per frame, 0 where it is not voiced.</summary>
    public double[] Trace()
    {
        double[] lags = new double[_frames.Count];
        int at = _costs.Length == 0 ? 0 : Array.IndexOf(_costs, _costs.Min());
        for (int frame = lags.Length - 1; frame >= 0; frame--)
        {
            lags[frame] = _frames[frame][at].Lag;
            at = _from[frame][at];
        }

        return lags;
    }

    private int Cheapest(PitchCandidate next)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < _costs.Length; i++)
        {
            double cost = _costs[i] + Step(_frames[^1][i], next);
            if (cost < least)
                (best, least) = (i, cost);
        }

        return best;
    }

    private static double Step(PitchCandidate from, PitchCandidate to)
    {
        if (from.IsVoiced != to.IsVoiced)
            return VoicingChange;
        return from.IsVoiced ? OctaveLeap * Math.Abs(Math.Log2(from.Lag / to.Lag)) : 0;
    }
}

/// <summary>One dip of a frame's normalised difference: a period that the frame may have.</summary>
/// <param name="Lag">The period in samples, between two of them; 0 stands for "not voiced".</param>
/// <param name="Cost">How far the frame is from having it: the dip's depth, and a little for each octave below the highest pitch.</param>
internal readonly record struct PitchCandidate(double Lag, double Cost)
{
    public bool IsVoiced => Lag > 0;
}
