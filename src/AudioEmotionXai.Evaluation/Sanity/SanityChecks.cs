using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The checks a map must pass before its drops mean anything: other weights and another class must give another map.
/// Adebayo et al., "Sanity checks for saliency maps", 2018, arXiv:1810.03292.
/// </summary>
/// <remarks>
/// The limit is not a number of one's own but what random pairs of networks reach (<see cref="RandomPairs"/>). Hedström et al., 2024,
/// arXiv:2405.02383, for the efficient and the smooth variant.
/// </remarks>
internal sealed class SanityChecks(
    AudioClassifier model, IReadOnlyList<AttributionMethod> methods, IReadOnlyList<string> names, FloatTensor input, SanityOptions options,
    long seed)
{
    private const int CostlyShare = 4;

    private readonly CheckedMethod[] _methods = Prepare(model, methods, input);

    /// <summary>Runs the checks; <paramref name="report"/> is told the steps done and their number.</summary>
    public SanityTable Run(Action<int, int> report, CancellationToken cancellationToken)
    {
        int[] ends = StageEnds(out string[] stages);
        int total = 1 + options.Networks + Math.Max(0, ends.Length - 2), done = 0;
        report(0, total);
        foreach (CheckedMethod method in _methods)
            method.ExplainTrained(model, cancellationToken);
        for (int network = 0; network < options.Networks; network++)
        {
            report(++done, total);
            using AudioClassifier head = Random(ends[0], network), all = Random(ends[^1], network);
            foreach (CheckedMethod method in _methods)
                method.ExplainRandom(head, all, cancellationToken);
        }

        double[][] between = new double[_methods.Length][];
        for (int i = 0; i < between.Length; i++)
            between[i] = new double[Math.Max(0, ends.Length - 2)];
        for (int stage = 1; stage < ends.Length - 1; stage++)
        {
            report(++done, total);
            using AudioClassifier random = Random(ends[stage], 0);
            for (int i = 0; i < _methods.Length; i++)
                between[i][stage - 1] = _methods[i].CompareStage(random, cancellationToken);
        }

        report(total, total);
        return new SanityTable(
            stages, options.Networks, options.Weights,
            [.. _methods.Select((method, i) => method.Row(names[i], between[i], ends.Length))]);
    }

    private AudioClassifier Random(int layers, int network) => AudioClassifier.FromOnnx(
        WeightRandomizer.Randomize(model.Source, layers, (long)new KeyedRandom(seed, network).NextBits(), options.Weights), model.Options);

    private static CheckedMethod[] Prepare(AudioClassifier model, IReadOnlyList<AttributionMethod> methods, FloatTensor input)
    {
        Prediction[] predictions = model.Predict(input);
        int[] all = [.. Enumerable.Range(0, predictions.Length)];
        int[] few =
        [
            .. all.GroupBy(clip => predictions[clip].Index)
                .SelectMany(group => group.Take((group.Count() + CostlyShare - 1) / CostlyShare)).Order(),
        ];
        return [.. methods.Select(method => new CheckedMethod(method, input, predictions, method is CompiledMethod ? all : few, few))];
    }

    private int[] StageEnds(out string[] stageNames)
    {
        string[] layers = WeightRandomizer.LayersFromTheHead(model.Source);
        if (layers.Length == 0)
            throw new ArgumentException($"{model.Name} has no weights to make random: there is nothing to check.");
        int count = Math.Min(options.Stages, layers.Length);
        int[] ends =
        [
            .. Enumerable.Range(1, count).Select(stage => Math.Max(stage, (int)Math.Round((double)layers.Length * stage / count))),
        ];
        ends[0] = 1;
        stageNames =
        [
            .. ends.Select(end => string.Create(CultureInfo.InvariantCulture, $"{end} of {layers.Length}, down to {layers[end - 1]}")),
        ];
        return ends;
    }
}
