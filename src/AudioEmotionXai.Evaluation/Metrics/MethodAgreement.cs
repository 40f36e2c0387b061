namespace AudioEmotionXai.Evaluation;

/// <summary>How far two methods agree on what matters, clip by clip: a fact about the methods, not about which is right.</summary>
/// <remarks>
/// Maps are compared as evidence: cells by descending value, ascending for maps of unimportance. Krishna et al., "The disagreement problem
/// in explainable machine learning", 2022, arXiv:2202.01602.
/// </remarks>
/// <param name="First">A method.</param>
/// <param name="Second">Another.</param>
/// <param name="RankCorrelation">Spearman's correlation of all cells, mean over the clips for which it is defined.</param>
/// <param name="TopOverlap">The share that the methods' top 10 % of the cells have in common; 0.1 by chance.</param>
public sealed record AgreementRow(string First, string Second, ConfidenceInterval RankCorrelation, ConfidenceInterval TopOverlap);

/// <summary>Collects how far the methods' maps of the same clips agree.</summary>
internal sealed class MethodAgreement(IReadOnlyList<MethodTraits> methods, VerificationOptions options)
{
    /// <summary>The share of the cells that counts as a map's top.</summary>
    public const double TopShare = 0.1;

    private const long TiePurpose = 32, IntervalPurpose = 33;

    private readonly Dictionary<(int, int), (List<double> Correlations, List<double> Overlaps)> _pairs = [];

    /// <summary>Adds one clip's maps, a map for each method.</summary>
    public void Add(IReadOnlyList<ReadOnlyMemory<float>> maps, int clip)
    {
        float[][] evidence = [.. maps.Select((map, i) => EvidenceOf(map.Span, methods[i].Meaning))];
        // One order of ties for all methods, so that two maps of the same cells agree
        bool[][] tops =
        [
            .. evidence.Select(map => CellOrder.First(
                CellOrder.Descending(map, new KeyedRandom(options.Seed, clip, TiePurpose)), CellOrder.CountOf(TopShare, map.Length))),
        ];
        for (int first = 0; first < evidence.Length; first++)
            for (int second = first + 1; second < evidence.Length; second++)
            {
                if (!_pairs.TryGetValue((first, second), out (List<double> Correlations, List<double> Overlaps) pair))
                    _pairs[(first, second)] = pair = ([], []);
                pair.Correlations.Add(RankCorrelation.Spearman(evidence[first], evidence[second]));
                pair.Overlaps.Add(Overlap(tops[first], tops[second]));
            }
    }

    /// <summary>The rows, pair by pair in the methods' order.</summary>
    public AgreementRow[] Rows() =>
        [
            .. _pairs.Select(pair => new AgreementRow(
                methods[pair.Key.Item1].Name, methods[pair.Key.Item2].Name, Interval(pair.Value.Correlations, pair.Key),
                Interval(pair.Value.Overlaps, pair.Key))),
        ];

    private static double Overlap(bool[] first, bool[] second) =>
        first.Zip(second, (a, b) => a && b).Count(isShared => isShared) / (double)first.Count(isTop => isTop);

    private static float[] EvidenceOf(ReadOnlySpan<float> map, MapMeaning meaning)
    {
        float[] values = map.ToArray();
        return meaning == MapMeaning.Unimportance ? Array.ConvertAll(values, value => -value) : values;
    }

    private ConfidenceInterval Interval(List<double> values, (int First, int Second) pair) => MeanTest.Of(
        [.. values.Where(double.IsFinite)], [], options.Controlled.Resamples,
        new KeyedRandom(options.Seed, IntervalPurpose, pair.First, pair.Second)).Interval(1 - options.Controlled.Level);
}
