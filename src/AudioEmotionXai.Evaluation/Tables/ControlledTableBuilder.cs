using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>Makes the controlled protocol's table from the drops of clips.</summary>
internal sealed class ControlledTableBuilder(
    ControlledProtocol protocol, IReadOnlyList<MethodTraits> methods, IReadOnlyList<ClipOutcome> clips, long seed)
{
    private const long EffectPurpose = 11,
        PermutationPurpose = 12,
        ConditionPurpose = 13,
        PairPurpose = 14,
        DropPurpose = 15,
        ControlPurpose = 16;

    private static readonly MaskControl[] Controls = [MaskControl.Scattered, MaskControl.ShapeMatched];

    /// <summary>The whole table.</summary>
    public ControlledTable Build(IReadOnlyList<ClipGroup> groups)
    {
        List<EffectRow> effects = [];
        for (int group = 0; group < groups.Count; group++)
            foreach (MaskControl control in Controls)
                effects.AddRange(EffectsOf(groups[group], group, control));
        List<ConditionRow> conditions = [];
        foreach (MaskControl control in Controls)
            conditions.AddRange(ConditionsOf(control));
        PairRow[] pairs = ComparePairs();
        RankRow[] ranking = Rank(effects, pairs);
        string? winner = FindWinner(ranking);
        return new ControlledTable
        {
            Effects = effects,
            Conditions = conditions,
            Pairs = pairs,
            Ranking = ranking,
            Winner = winner,
            Verdict = Say(ranking, winner),
        };
    }

    private EffectRow[] EffectsOf(ClipGroup group, int groupIndex, MaskControl control)
    {
        ClipDrops[] members = [.. clips.Where(group.Contains).Select(clip => clip.Controlled!)];
        EffectRow[] rows = new EffectRow[methods.Count];
        double[] pValues = new double[methods.Count];
        for (int method = 0; method < rows.Length; method++)
        {
            rows[method] = EffectOf(method, group, groupIndex, control, [.. members.Select(drops => drops.Labelled(method, control))]);
            pValues[method] = rows[method].PValue;
        }

        double[] adjusted = HolmCorrection.Adjust(pValues);
        for (int method = 0; method < rows.Length; method++)
            rows[method] = rows[method] with { AdjustedPValue = adjusted[method] };
        return rows;
    }

    private EffectRow EffectOf(int method, ClipGroup group, int groupIndex, MaskControl control, double[][] labelled)
    {
        int direction = methods[method].Direction;
        double p = PermutationTest.Relabel(
            [.. labelled.Select(draws => Array.ConvertAll(draws, drop => direction * drop))], protocol.Permutations,
            Random(PermutationPurpose, groupIndex, method, (int)control));
        return new EffectRow(
            methods[method].Name,
            group.Name,
            control,
            Interval([.. labelled.Select(draws => draws[0])], Random(DropPurpose, groupIndex, method, (int)control)),
            Interval([.. labelled.Select(ControlMean)], Random(ControlPurpose, groupIndex, method, (int)control)),
            Interval(
                [.. labelled.Select(draws => direction * (draws[0] - ControlMean(draws)))],
                Random(EffectPurpose, groupIndex, method, (int)control)),
            p,
            double.NaN);
    }

    private IEnumerable<ConditionRow> ConditionsOf(MaskControl control)
    {
        for (int method = 0; method < methods.Count; method++)
            for (int condition = 0; condition < protocol.Conditions; condition++)
            {
                ClipDrops[] measured =
                [
                    .. clips.Select(clip => clip.Controlled!).Where(drops => !double.IsNaN(drops.ImportantAt(method, condition))),
            ];
                double[] important = [.. measured.Select(drops => drops.ImportantAt(method, condition))];
                double[] differences =
                [
                    .. measured.Select((drops, i) =>
                        methods[method].Direction * (important[i] - drops.ControlAt(method, control, condition))),
            ];
                yield return new ConditionRow(
                    methods[method].Name, protocol.Fractions[condition / protocol.Fills.Count],
                    protocol.Fills[condition % protocol.Fills.Count], control, important.Length == 0 ? double.NaN : important.Average(),
                    Interval(differences, Random(ConditionPurpose, condition, method, (int)control)));
            }
    }

    private PairRow[] ComparePairs()
    {
        (string Name, double[] Efficiency)[] claims =
        [
            .. methods
                .Index()
                .Where(method => method.Item.Meaning != MapMeaning.Unimportance)
                .Select(method => (method.Item.Name, Efficiencies(method.Index))),
        ];
        List<PairRow> pairs = [];
        for (int a = 0; a < claims.Length; a++)
            for (int b = a + 1; b < claims.Length; b++)
                pairs.Add(Compare(claims[a], claims[b], pairs.Count));
        double[] adjusted = HolmCorrection.Adjust([.. pairs.Select(pair => pair.PValue)]);
        return [.. pairs.Select((pair, i) => pair with { AdjustedPValue = adjusted[i] })];
    }

    private PairRow Compare((string Name, double[] Efficiency) a, (string Name, double[] Efficiency) b, int pair)
    {
        double[] differences = [.. a.Efficiency.Zip(b.Efficiency, (first, second) => first - second)];
        if (differences.Sum() < 0)
        {
            (a, b) = (b, a);
            differences = Array.ConvertAll(differences, difference => -difference);
        }

        double p = PermutationTest.SignFlip(differences, protocol.Permutations, Random(PairPurpose, pair, 0, 0));
        return new PairRow(a.Name, b.Name, Interval(differences, Random(PairPurpose, pair, 1, 0)), p, double.NaN);
    }

    private RankRow[] Rank(List<EffectRow> effects, PairRow[] pairs)
    {
        List<RankRow> ranks = [];
        foreach (MethodTraits method in methods)
        {
            if (method.Meaning == MapMeaning.Unimportance)
                continue;
            int better = pairs.Count(pair => pair.Second == method.Name && pair.AdjustedPValue < protocol.Level);
            EffectRow[] own = [.. effects.Where(row => row.Method == method.Name && row.Group == ClipGroup.All)];
            bool isEffective = own.All(row => row.AdjustedPValue < protocol.Level);
            ranks.Add(
                new RankRow(
                    method.Name, 1 + better, own.Single(row => row.Control == MaskControl.ShapeMatched).Efficiency.Mean, isEffective));
        }

        return [.. ranks.OrderBy(row => row.Rank).ThenByDescending(row => row.Efficiency)];
    }

    private static string? FindWinner(RankRow[] ranking)
    {
        if (ranking.Length < 2 || !ranking[0].IsEffective || ranking.Count(row => row.Rank == 1) > 1)
            return null;
        return ranking.Skip(1).All(row => row.Rank > 1) ? ranking[0].Method : null;
    }

    private string Say(RankRow[] ranking, string? winner)
    {
        string level = string.Create(CultureInfo.InvariantCulture, $"at the {100 * protocol.Level:0.##} % level after Holm's correction");
        if (winner is not null)
            return $"{winner} wins: masking its area hurts more than scattered cells, more than the same shape elsewhere, and more than "
                + $"any other method's area, {level}.";
        if (ranking is [{ } only])
            return $"No comparison: {only.Method} is the only method that claims importance; it "
                + $"{(only.IsEffective ? "beats" : "does not beat")} both controls {level}.";
        RankRow[] first = [.. ranking.Where(row => row is { Rank: 1, IsEffective: true })];
        return first.Length switch
        {
            0 => $"No winner: no method beats both controls {level}.",
            1 => $"No winner: {first[0].Method} beats both controls, but is not better than every other method {level}.",
            _ => $"No winner: {string.Join(", ", first.Select(row => row.Method))} beat both controls and cannot be told apart {level}.",
        };
    }

    private double[] Efficiencies(int method) =>
        [.. clips.Select(clip => methods[method].Direction * EfficiencyOf(clip.Controlled!.Labelled(method, MaskControl.ShapeMatched)))];

    private static double EfficiencyOf(double[] labelled) => labelled[0] - ControlMean(labelled);

    private static double ControlMean(double[] labelled) => labelled.AsSpan(1).ToArray().Average();

    private ConfidenceInterval Interval(double[] values, KeyedRandom random) =>
        Bootstrap.MeanInterval(values, 1 - protocol.Level, protocol.Resamples, random);

    private KeyedRandom Random(long purpose, int first, int second, int third) => new(seed, purpose, first, second, third);
}
