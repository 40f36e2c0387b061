using System.Numerics.Tensors;

namespace AudioEmotionXai.Reporting;

/// <summary>
/// The fundamental frequency of a clip over time: the peaks of every frame's autocorrelation (<see cref="PitchAutocorrelation"/>), the
/// least costly path through them and "not voiced" (<see cref="PitchPath"/>).
/// </summary>
/// <remarks>
/// P. Boersma, Proc. Institute of Phonetic Sciences Amsterdam 17, 97-110, 1993, with the costs that Praat has by default: a peak counts
/// with its height, less 0.01 for each octave below the highest pitch; "not voiced" with the threshold, and with more where the frame's
/// peak is near the silence threshold. Frames lie wholly inside the clip: a clip shorter than one has none.
/// </remarks>
internal static class PitchTracker
{
    private const double OctaveCost = 0.01;
    private const int MostCandidates = 14;

    public static PitchFrame[] Track(AudioClip recording, PitchOptions options)
    {
        AudioClip clip = Resampler.Resample(recording, Math.Max(recording.SampleRate, options.LeastSampleRate));
        ReadOnlySpan<float> samples = clip.Samples.Span;
        PitchAutocorrelation frame = new(clip.SampleRate, options);
        int[] centres = Centres(samples.Length, clip.SampleRate, frame.Margin, options.HopSeconds);
        double loudest = samples.IsEmpty ? 0 : PeakOf(samples);
        double[] peaks = Array.ConvertAll(
            centres, centre => PeakOf(clip.Samples.Span.Slice(centre - frame.HalfPeriod, 2 * frame.HalfPeriod)) / loudest);
        PitchPath path = new(options.HopSeconds);
        for (int i = 0; i < centres.Length; i++)
            path.Add(IsSilent(peaks[i], options) ? [Unvoiced(0)] : Candidates(frame, samples, centres[i], peaks[i], options));
        double[] lags = path.Trace();
        PitchFrame[] frames = new PitchFrame[centres.Length];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = new PitchFrame(
                (double)centres[i] / clip.SampleRate, lags[i] > 0 ? clip.SampleRate / lags[i] : 0, IsSilent(peaks[i], options));
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

    private static PitchCandidate[] Candidates(
        PitchAutocorrelation frame, ReadOnlySpan<float> samples, int centre, double peak, PitchOptions options)
    {
        frame.Measure(samples, centre);
        List<PitchCandidate> candidates = [];
        frame.AddPeaks(options.VoicingThreshold / 2, candidates);
        for (int i = 0; i < candidates.Count; i++)
            candidates[i] = candidates[i] with { Cost = candidates[i].Cost + (OctaveCost * frame.OctavesBelowHighest(candidates[i].Lag)) };
        candidates.Sort((a, b) => (a.Cost, a.Lag).CompareTo((b.Cost, b.Lag)));
        if (candidates.Count > MostCandidates)
            candidates.RemoveRange(MostCandidates, candidates.Count - MostCandidates);
        double quietness = Math.Max(0, 2 - (peak / options.SilencePeak * (1 + options.VoicingThreshold)));
        return [Unvoiced(-(options.VoicingThreshold + quietness)), .. candidates];
    }

    private static PitchCandidate Unvoiced(double cost) => new(0, cost);

    private static bool IsSilent(double peak, PitchOptions options) => !(peak >= options.SilencePeak);

    /// <summary>How far samples reach from their mean.</summary>
    private static double PeakOf(ReadOnlySpan<float> samples)
    {
        double mean = Sums.Of(samples) / samples.Length;
        return Math.Max(TensorPrimitives.Max(samples) - mean, mean - TensorPrimitives.Min(samples));
    }
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
/// be worth it. Dynamic programming, as in P. Boersma, Proc. Institute of Phonetic Sciences Amsterdam 17, 97-110, 1993, whose costs of
/// steps are for frames 10 ms apart: shorter steps cost more.
/// </summary>
/// <param name="hopSeconds">Seconds from one frame to the next.</param>
internal sealed class PitchPath(double hopSeconds = 0.01)
{
    private const double OctaveLeap = 0.35, VoicingChange = 0.14;

    private readonly double _correction = 0.01 / hopSeconds;

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

    private double Step(PitchCandidate from, PitchCandidate to)
    {
        if (from.IsVoiced != to.IsVoiced)
            return _correction * VoicingChange;
        return from.IsVoiced ? _correction * OctaveLeap * Math.Abs(Math.Log2(from.Lag / to.Lag)) : 0;
    }
}

/// <summary>One peak of a frame's autocorrelation: a period that the frame may have.</summary>
/// <param name="Lag">The period in samples, between two of them; 0 stands for "not voiced".</param>
/// <param name="Cost">The less, the likelier: the peak's height below 0, and a little for each octave below the highest pitch.</param>
internal readonly record struct PitchCandidate(double Lag, double Cost)
{
    public bool IsVoiced => Lag > 0;
}
