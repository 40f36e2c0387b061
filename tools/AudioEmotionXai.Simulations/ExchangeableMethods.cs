namespace AudioEmotionXai.Simulations;

/// <summary>
/// Runs of the controlled protocol in which every method is as good as any other: all beat their controls and the clip's loudness, and what
/// sets them apart on a clip is chance, part of it shared by the clips of a group.
/// </summary>
/// <param name="Clips">Clips of a run.</param>
/// <param name="Groups">Groups, or 0: clips stand for themselves.</param>
/// <param name="Correlation">The share of the variance that clips of a group have in common (intraclass correlation).</param>
internal sealed record ExchangeableMethods(int Clips, int Groups = 0, double Correlation = 0)
{
    private const int Methods = 4;
    private const long Seed = 2026;

    // Falls of probability as measured on the bundled model: half of the clips hardly react, the rest up to certainty
    private const double Level = 0.4, Spread = 0.3, ControlLevel = 0.12;

    private static readonly ControlledProtocol Protocol =
        new() { Fractions = [0.1], Fills = [FillKind.Minimum], Draws = 1, Resamples = 1999 };

    /// <summary>How often a run calls any method better than another one, and how often it names a winner.</summary>
    public (double FalsePair, double FalseWinner) Rates(int runs)
    {
        int pairs = 0, winners = 0;
        Parallel.For(0, runs, run =>
        {
            ControlledTable table = Run(run);
            bool isPair = table.Pairs.Any(pair => IsMethod(pair.First) && IsMethod(pair.Second) && pair.AdjustedPValue < Protocol.Level);
            Interlocked.Add(ref pairs, isPair ? 1 : 0);
            Interlocked.Add(ref winners, table.Winner is null ? 0 : 1);
        });
        return ((double)pairs / runs, (double)winners / runs);
    }

    private static bool IsMethod(string name) => name.StartsWith("method", StringComparison.Ordinal);

    private ControlledTable Run(int run)
    {
        MethodTraits[] rows =
        [
            .. Enumerable.Range(0, Methods).Select(method => MethodTraits.Of($"method {method}", MapMeaning.Positive)),
            MethodTraits.Loudness(),
        ];
        KeyedRandom random = new(Seed, Clips, Groups, run);
        double[,] shared = new double[rows.Length, Math.Max(1, Groups)];
        for (int row = 0; row < rows.Length; row++)
            for (int group = 0; group < Groups; group++)
                shared[row, group] = random.NextNormal();
        ClipOutcome[] clips = [.. Enumerable.Range(0, Clips).Select(clip => ClipOf(clip, rows.Length, shared, random))];
        int[] units = Groups == 0 ? [] : [.. Enumerable.Range(0, Clips).Select(clip => clip % Groups)];
        return new ControlledTableBuilder(Protocol, rows, rows.Length, clips, units, run)
            .Build(ClipGroup.Of(["a", "b", "c", "d", "e", "f"], areTruthsKnown: false, clips));
    }

    private ClipOutcome ClipOf(int clip, int rows, double[,] shared, KeyedRandom random)
    {
        DropLayout layout = Protocol.LayoutOf(rows, rows);
        ClipDrops drops = new(layout);
        double clipEffect = random.NextNormal();
        double Draw(int row, double level)
        {
            double common = Groups == 0 ? 0 : Math.Sqrt(Correlation) * shared[row, clip % Groups];
            double own = Math.Sqrt(1 - (Groups == 0 ? 0 : Correlation)) * random.NextNormal();
            return Math.Clamp(level + (Spread * ((0.7 * clipEffect) + (0.7 * (common + own)))), 0, 1);
        }

        void Set(int line, double drop)
        {
            drops.Line(line, DropScale.Probability)[0] = (float)drop;
            drops.Line(line, DropScale.LogOdds)[0] = (float)(10 * drop);
        }

        Set(layout.Control(0, MaskControl.Scattered, 0), Draw(0, ControlLevel));
        for (int row = 0; row < rows; row++)
        {
            Set(DropLayout.Own(row), Draw(row, row < Methods ? Level : ControlLevel));
            Set(layout.Control(row, MaskControl.ShapeMatched, 0), Draw(row, ControlLevel));
            Set(layout.Control(row, MaskControl.EquallyLoud, 0), Draw(row, ControlLevel));
        }

        return new ClipOutcome { Clip = clip, Truth = -1, Predicted = clip % 6, Probability = 1, Controlled = drops };
    }
}
