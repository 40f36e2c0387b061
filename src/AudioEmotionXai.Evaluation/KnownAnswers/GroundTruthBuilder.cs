using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>Makes the table of known answers.</summary>
internal sealed class GroundTruthBuilder(VerificationOptions options)
{
    private const long Purpose = 55;
    private const double Chance = 0.5;

    private double Level => options.Controlled.Level;

    /// <summary>The table.</summary>
    /// <param name="names">The rows; the last one is the reference.</param>
    /// <param name="mosaics">Two measures of each mosaic.</param>
    /// <param name="events">One measure of each event.</param>
    /// <param name="leftOut">The events that were left out.</param>
    /// <param name="possible">How many mosaics can be made of the clips.</param>
    public GroundTruthTable Build(string[] names, KnownMeasure[] mosaics, KnownMeasure[] events, int leftOut, int possible)
    {
        double[][] halves = [.. names.Select((_, row) => MeansOfPairs(mosaics, row))];
        double[][] masses = [.. names.Select((_, row) => (double[])[.. events.Select(e => e.Mass[row])])];
        MeanTest[] againstChance = [.. halves.Select((values, row) => Test([.. values.Select(value => value - Chance)], 0, row, 0))];
        int[] rows = [.. Enumerable.Range(0, names.Length)];
        PairTest[] onMosaics = PairTest.All(rows, row => halves[row], (values, first, second) => Test(values, 5, first, second)),
            onEvents = PairTest.All(rows, row => masses[row], (values, first, second) => Test(values, 6, first, second));
        double[] adjusted = HolmCorrection.Adjust(
        [
            .. againstChance.Take(names.Length - 1).Select(test => test.PValue), .. onMosaics.Select(pair => pair.Test.PValue),
            .. onEvents.Select(pair => pair.Test.PValue),
        ]);
        int at = names.Length - 1;
        GroundTruthPair PairOf(PairTest pair, bool isOnEvents) => new(
            names[pair.First], names[pair.Second], isOnEvents, pair.Test.Interval(1 - Level), pair.Test.PValue, adjusted[at++]);
        GroundTruthPair[] pairs = [.. onMosaics.Select(pair => PairOf(pair, false)), .. onEvents.Select(pair => PairOf(pair, true))];
        double chance = events.Length == 0 ? double.NaN : events.Average(e => e.Area);
        GroundTruthRow[] table =
        [
            .. names
                .Select((name, row) => new GroundTruthRow(
                    name, Interval(halves[row], 1, row), Interval(masses[row], 2, row),
                    Interval([.. events.Select(e => e.Rank[row])], 3, row), Interval([.. events.Select(e => e.Hit[row])], 4, row), chance,
                    row < names.Length - 1 ? againstChance[row].PValue : double.NaN,
                    row < names.Length - 1 ? adjusted[row] : double.NaN, row == names.Length - 1))
                .OrderByDescending(row => row.Mosaic.Mean),
        ];
        string? winner = table.FirstOrDefault(row => IsWinner(row, pairs))?.Method;
        return new GroundTruthTable
        {
            Winner = winner,
            Mosaics = mosaics.Length / 2,
            Events = events.Length,
            EventsLeftOut = leftOut,
            Tests = adjusted.Count(p => !double.IsNaN(p)),
            Rows = table,
            Pairs = pairs,
            Verdict = Say(winner, table, possible),
        };
    }

    private bool IsWinner(GroundTruthRow row, GroundTruthPair[] pairs)
    {
        GroundTruthPair[] own = [.. pairs.Where(pair => pair.First == row.Method || pair.Second == row.Method)];
        return row is { IsReference: false, Mosaic.Mean: > Chance }
            && row.AdjustedPValue < Level
            && own.Count(pair => !pair.OnEvents) > 1
            && own.Where(pair => !pair.OnEvents).All(pair => pair.First == row.Method && pair.AdjustedPValue < Level)
            && !own.Any(pair => pair.OnEvents && pair.Second == row.Method && pair.AdjustedPValue < Level);
    }

    private static string Say(string? winner, GroundTruthRow[] rows, int mosaics)
    {
        if (mosaics < MeanTest.FewestUnits)
            return $"No verdict: {mosaics} mosaics can be made of these clips; {MeanTest.FewestUnits} are the least.";
        string shares = string.Join(
            ", ",
            rows.Where(row => !row.IsReference).Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{row.Method} {100 * row.Mosaic.Mean:0} %")));
        return winner is null
            ? $"No winner: no method is better than all others at finding the half that a class comes from, without being worse on "
                + $"planted events ({shares}; chance 50 %)."
            : $"{winner} wins: of its positive relevance most lies in the half that the class comes from ({shares}; chance 50 %).";
    }

    // Both halves of a mosaic count together; one of them alone where the other has no positive relevance
    private static double[] MeansOfPairs(KnownMeasure[] mosaics, int row) =>
        [
            .. mosaics.Chunk(2).Select(pair =>
                pair.Select(half => half.Mass[row]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()),
        ];

    private ConfidenceInterval Interval(double[] values, int what, int row) =>
        NotBelowZero(Test(values, what, row, 0).BoundedInterval(1 - Level));

    private static ConfidenceInterval NotBelowZero(ConfidenceInterval interval) => interval with { Low = Math.Max(0, interval.Low) };

    private MeanTest Test(double[] values, long what, int first, int second) =>
        MeanTest.Of(
            [.. values.Where(double.IsFinite)], [], options.Controlled.Resamples,
            new KeyedRandom(options.Seed, Purpose, what, first, second));
}
