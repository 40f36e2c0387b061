namespace AudioEmotionXai.Evaluation;

/// <summary>Makes the controlled protocol's table from the drops of clips.</summary>
/// <param name="protocol">Shares, fills, draws, level.</param>
/// <param name="rows">The rows, those with controls of their own first.</param>
/// <param name="controlled">How many rows have controls of their own.</param>
/// <param name="clips">What was measured, all of it finite.</param>
/// <param name="units">The number of each clip's group; empty where every clip stands for itself.</param>
/// <param name="seed">Fixes the resamples.</param>
internal sealed class ControlledTableBuilder(
    ControlledProtocol protocol, IReadOnlyList<MethodTraits> rows, int controlled, IReadOnlyList<ClipOutcome> clips,
    IReadOnlyList<int> units, long seed)
{
    private const long EffectPurpose = 11, FillPurpose = 13, PairPurpose = 14, DropPurpose = 15, ControlPurpose = 16, OrderPurpose = 17,
        LogOddsPurpose = 18;

    private static readonly MaskControl[] Controls = Enum.GetValues<MaskControl>();

    private readonly int[] _all = [.. Enumerable.Range(0, protocol.Conditions)];

    /// <summary>The whole table.</summary>
    public ControlledTable Build(IReadOnlyList<ClipGroup> groups)
    {
        List<EffectRow> effects = [];
        for (int group = 0; group < groups.Count; group++)
            foreach (MaskControl control in Controls)
                effects.AddRange(EffectsOf(groups[group], group, control));
        int[] ranked = [.. rows.Index().Where(row => row.Item.IsRanked).Select(row => row.Index)];
        PairTest[] tests = PairTest.All(
            ranked, row => Drops(row, DropScale.Probability), (values, first, second) => Test(values, PairPurpose, first, second));
        Correct(effects, tests, out PairRow[] pairs);
        FillRow[] fills = [.. FillRows()];
        RankRow[] ranking = new Ranking(protocol.Level, effects, fills, pairs).Of(rows, RankDrop, row => Drops(row, DropScale.LogOdds));
        string? winner = Ranking.WinnerOf(ranking, pairs, protocol.Level);
        OrderComparison? otherOrder = CompareOrders(ranked, pairs);
        ControlledTable table = new()
        {
            Order = protocol.SignedMaps,
            OtherOrder = otherOrder,
            Unit = units.Count > 0 ? "groups" : "clips",
            Units = units.Count > 0 ? units.Distinct().Count() : clips.Count,
            Tests = effects.Count(row => !double.IsNaN(row.PValue)) + pairs.Count(pair => !double.IsNaN(pair.PValue)),
            Effects = effects,
            Fills = fills,
            Pairs = pairs,
            Ranking = ranking,
            Winner = winner,
            Verdict = "",
        };
        return table with { Verdict = ControlledVerdict.Say(table, protocol.Level) };
    }

    private IEnumerable<EffectRow> EffectsOf(ClipGroup group, int groupIndex, MaskControl control)
    {
        int[] members = [.. clips.Index().Where(clip => group.Contains(clip.Item)).Select(clip => clip.Index)];
        for (int row = 0; row < controlled; row++)
        {
            int direction = rows[row].Direction, index = row;
            double[] own = [.. members.Select(clip => DropsOf(clip).Own(index, DropScale.Probability, _all))],
                other = [.. members.Select(clip => DropsOf(clip).Control(index, control, DropScale.Probability, _all))],
                odds = [.. members.Select(clip => direction * OddsEfficiency(clip, index, control))];
            double[] efficiency = [.. own.Zip(other, (mine, theirs) => direction * (mine - theirs))];
            MeanTest test = Test(efficiency, members, EffectPurpose, groupIndex, row, (int)control);
            yield return new EffectRow(
                rows[row].Name, group.Name, control,
                Test(own, members, DropPurpose, groupIndex, row, (int)control).BoundedInterval(1 - protocol.Level),
                Test(other, members, ControlPurpose, groupIndex, row, (int)control).BoundedInterval(1 - protocol.Level),
                test.Interval(1 - protocol.Level),
                Test(odds, members, LogOddsPurpose, groupIndex, row, (int)control).Interval(1 - protocol.Level), test.PValue, double.NaN);
        }
    }

    private double OddsEfficiency(int clip, int row, MaskControl control) =>
        DropsOf(clip).Own(row, DropScale.LogOdds, _all) - DropsOf(clip).Control(row, control, DropScale.LogOdds, _all);

    private IEnumerable<FillRow> FillRows()
    {
        for (int row = 0; row < controlled; row++)
            foreach (MaskControl control in Controls)
                for (int share = -1; share < protocol.Fractions.Count; share++)
                {
                    int row1 = row, share1 = share;
                    FillEffect[] effects =
                        [.. protocol.Fills.Select((kind, fill) => FillEffectOf(row1, control, share1, fill, kind))];
                    IEnumerable<bool> signs =
                        effects.Where(effect => effect.Efficiency.Count > 0).Select(effect => effect.Efficiency.Mean > 0);
                    yield return new FillRow(
                        rows[row].Name, control, share < 0 ? null : protocol.Fractions[share], effects, signs.Distinct().Count() > 1);
                }
    }

    private FillEffect FillEffectOf(int row, MaskControl control, int share, int fill, FillKind kind)
    {
        int[] conditions =
            [.. _all.Where(at => at % protocol.Fills.Count == fill && (share < 0 || at / protocol.Fills.Count == share))];
        int[] members = [.. Enumerable.Range(0, clips.Count).Where(clip => IsMeasured(clip, row, conditions))];
        double[] own = [.. members.Select(clip => DropsOf(clip).Own(row, DropScale.Probability, conditions))];
        double[] efficiency =
        [
            .. members.Select((clip, i) =>
                rows[row].Direction * (own[i] - DropsOf(clip).Control(row, control, DropScale.Probability, conditions))),
        ];
        return new FillEffect(
            kind, own.Length == 0 ? double.NaN : own.Average(),
            Test(efficiency, members, FillPurpose, row, ((int)control * 100) + share, fill).Interval(1 - protocol.Level));
    }

    private bool IsMeasured(int clip, int row, int[] conditions) =>
        !double.IsNaN(DropsOf(clip).Own(row, DropScale.Probability, conditions));

    private void Correct(List<EffectRow> effects, PairTest[] tests, out PairRow[] pairs)
    {
        double[] raw = [.. effects.Select(row => row.PValue), .. tests.Select(test => test.Test.PValue)];
        double[] adjusted = HolmCorrection.Adjust(raw);
        double strictest = protocol.Level / Math.Max(1, raw.Count(p => !double.IsNaN(p)));
        for (int i = 0; i < effects.Count; i++)
            effects[i] = effects[i] with { AdjustedPValue = adjusted[i] };
        pairs =
        [
            .. tests.Select((test, i) => new PairRow(
                rows[test.First].Name, rows[test.Second].Name, test.Test.Interval(1 - protocol.Level),
                MeanOf(test.First, DropScale.LogOdds) - MeanOf(test.Second, DropScale.LogOdds), test.Test.Detectable(strictest),
                test.Test.PValue, adjusted[effects.Count + i])),
        ];
    }

    private OrderComparison? CompareOrders(int[] ranked, PairRow[] pairs)
    {
        int[] signed = [.. ranked.Where(row => rows[row] is { Meaning: MapMeaning.Signed, IsReference: false })];
        if (signed.Length == 0 || clips.Count == 0)
            return null;
        double[] OtherDrops(int row) => signed.Contains(row)
            ? [.. clips.Select(clip => clip.Controlled!.OtherOrder(row, DropScale.Probability, _all))]
            : Drops(row, DropScale.Probability);
        PairTest[] tests = PairTest.All(
            ranked, OtherDrops, (values, first, second) => Test(values, OrderPurpose, first, second));
        double[] adjusted = HolmCorrection.Adjust([.. tests.Select(test => test.Test.PValue)]);
        PairRow[] others =
        [
            .. tests.Select((test, i) => new PairRow(
                rows[test.First].Name, rows[test.Second].Name, default, double.NaN, double.NaN, test.Test.PValue, adjusted[i])),
        ];
        string[] names = [.. ranked.Where(row => !rows[row].IsReference).Select(row => rows[row].Name)];
        return new OrderComparison(
            protocol.OtherOrder, names.FirstOrDefault(name => Ranking.Leads(name, pairs, protocol.Level)),
            names.FirstOrDefault(name => Ranking.Leads(name, others, protocol.Level)),
            [
                .. signed.Select(row => new OrderDrop(
                    rows[row].Name, Test(OtherDrops(row), OrderPurpose, row, 0).BoundedInterval(1 - protocol.Level))),
            ]);
    }

    private ConfidenceInterval RankDrop(int row) =>
        Test(Drops(row, DropScale.Probability), DropPurpose, row, 1).BoundedInterval(1 - protocol.Level);

    private double[] Drops(int row, DropScale scale) => [.. clips.Select(clip => clip.Controlled!.Own(row, scale, _all))];

    private double MeanOf(int row, DropScale scale) => Sums.Mean(Drops(row, scale));

    private ClipDrops DropsOf(int clip) => clips[clip].Controlled!;

    private MeanTest Test(double[] values, long purpose, int first, int second) =>
        MeanTest.Of(values, [.. units], protocol.Resamples, new KeyedRandom(seed, purpose, first, second));

    private MeanTest Test(double[] values, int[] members, long purpose, int first, int second, int third) =>
        MeanTest.Of(
            values, units.Count == 0 ? [] : [.. members.Select(clip => units[clip])], protocol.Resamples,
            new KeyedRandom(seed, purpose, first, second, third));
}
