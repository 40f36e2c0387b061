using System.Globalization;
using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Adds to LRP's maps what they sum to, where the rest went, and whether relevance exploded or vanished on the way.</summary>
internal sealed class LrpAccount(Lrp method, AttributionRequest request, AttributionOutcome outcome, ProgramOutput output)
{
    // Relevance is shared out: a map far larger or smaller than what it started from says little
    private const double Exploded = 1e3;
    private const double Vanished = 1e-3;

    private readonly List<AttributionDetail> _details = [];
    private readonly List<AttributionWarning> _warnings = [];

    public AttributionOutcome Complete()
    {
        request.Learn(outcome.Logits!);
        double[] gap = new double[request.Items];
        for (int item = 0; item < request.Items; item++)
            gap[item] = CompleteItem(item);
        return outcome with { CompletenessGap = gap, Details = _details, Warnings = _warnings };
    }

    private double CompleteItem(int item)
    {
        (double start, double size) = StartOf(item);
        ReadOnlySpan<float> map = outcome.Map.Item(item).Span;
        double sum = Sums.Of(map);
        Add("relevance_start", item, start);
        Add("relevance_map", item, sum);
        if (start != 0)
            Add("relevance_share", item, sum / start);
        List<LedgerRow> rows = RowsOf(item);
        if (rows.Count > 0)
            AddLedger(item, start, sum, rows);
        if (WarningFor(TensorPrimitives.SumOfMagnitudes(map), size, rows) is { } warning)
            _warnings.Add(new AttributionWarning(item, warning));
        return sum - start;
    }

    /// <summary>What relevance started from: its sum, and the sum of its absolute values.</summary>
    private (double Sum, double Size) StartOf(int item)
    {
        if (method.Start == LrpStart.One)
            return (1, 1);
        ReadOnlySpan<float> logits = outcome.Logits!.Item(item).Span;
        int target = request.Targets[item];
        double logit = logits[target];
        if (method.Start.Score is not ContrastStart contrast)
            return (logit, Math.Abs(logit));
        int other = contrast.Against is null
            ? ContrastStart.RivalOf(logits, target)
            : contrast.IndexIn(request.Model.Labels, logits.Length, request.Model.Name);
        if (other != target)
            return (logit - logits[other], Math.Abs(logit) + Math.Abs(logits[other]));
        _warnings.Add(
            new AttributionWarning(
                item,
                $"the target is the class that it is contrasted with ({request.Model.Labels[other]}), which leaves nothing to explain"));
        return (0, 0);
    }

    private List<LedgerRow> RowsOf(int item) =>
        [.. output.Extras.Select((extra, i) => LedgerRow.Of(output.ExtraNames[i], extra.Item(item).Span))];

    private void AddLedger(int item, double start, double sum, List<LedgerRow> rows)
    {
        double bias = rows.Sum(row => row.Bias), epsilon = rows.Sum(row => row.Epsilon), dropped = rows.Sum(row => row.Dropped);
        Add("ledger_bias", item, bias);
        Add("ledger_epsilon", item, epsilon);
        Add("ledger_dropped", item, dropped);
        Add("ledger_rounding", item, start - sum - bias - epsilon - dropped);
        foreach (LedgerRow row in rows)
            _details.Add(
                new AttributionDetail($"ledger/{row.Node}", item, new[] { row.In, row.Out, row.Bias, row.Epsilon, row.Dropped, row.Size }));
    }

    private static string? WarningFor(double map, double start, List<LedgerRow> rows)
    {
        if (start == 0)
            return null;
        if (map > Exploded * start || !double.IsFinite(map))
            return string.Create(
                CultureInfo.InvariantCulture,
                $"relevance explodes: the map's absolute values sum to {map / start:0.#E+0} times the start{FirstExploding(rows, start)}; "
                    + $"a rule such as z-plus or gamma there, or a larger epsilon, keeps it in bounds");
        return map < Vanished * start
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"relevance vanishes: the map's absolute values sum to {map / start:0.#E+0} of the start{LargestLoss(rows)}")
            : null;
    }

    private static string FirstExploding(List<LedgerRow> rows, double start)
    {
        if (rows.Count == 0)
            return " (ledger=true names the node)";
        double limit = Math.Min(Exploded, rows.Max(row => double.IsFinite(row.Size) ? row.Size / start : Exploded) / 2);
        int first = rows.FindIndex(row => !(row.Size <= limit * start));
        return first < 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", first at '{rows[first].Node}' with {rows[first].Size / start:0.#E+0}");
    }

    private static string LargestLoss(List<LedgerRow> rows)
    {
        if (rows.Count == 0)
            return " (ledger=true names the node)";
        LedgerRow worst = rows.MaxBy(row => Math.Abs(row.Lost));
        string taker =
            Math.Abs(worst.Dropped) >= Math.Max(Math.Abs(worst.Bias), Math.Abs(worst.Epsilon)) ? "left out by the rule"
            : Math.Abs(worst.Bias) >= Math.Abs(worst.Epsilon) ? "taken by the bias"
            : "taken by epsilon";
        return string.Create(
            CultureInfo.InvariantCulture, $"; most was {taker} of '{worst.Node}': {worst.Lost:0.###} of the {worst.In:0.###} that came in");
    }

    private void Add(string name, int item, double value) => _details.Add(new AttributionDetail(name, item, new[] { value }));
}

/// <summary>What happened to one item's relevance at one node. In = Out + Bias + Epsilon + Dropped, up to rounding.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="In">What arrived.</param>
/// <param name="Out">What was handed on.</param>
/// <param name="Bias">What biases and constants took.</param>
/// <param name="Epsilon">What stabilisers took.</param>
/// <param name="Dropped">What a rule left out.</param>
/// <param name="Size">The sum of the absolute values handed on.</param>
internal readonly record struct LedgerRow(string Node, double In, double Out, double Bias, double Epsilon, double Dropped, double Size)
{
    public double Lost => In - Out;

    public static LedgerRow Of(string output, ReadOnlySpan<float> row) =>
        new(output[RelevanceLedger.Prefix.Length..], row[0], row[1], row[2], row[3], row[4], row[5]);
}
