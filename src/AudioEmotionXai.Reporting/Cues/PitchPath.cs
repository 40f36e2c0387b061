namespace AudioEmotionXai.Reporting;

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
