using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The checks a map must pass before its drops mean anything: other weights and another class must give another map.
/// Adebayo et al., "Sanity checks for saliency maps", 2018, arXiv:1810.03292.
/// </summary>
internal sealed class SanityChecks(
    AudioClassifier model, IReadOnlyList<AttributionMethod> methods, IReadOnlyList<string> names, FloatTensor input, long seed)
{
    /// <summary>The most stages of a cascade; a network with more layers has them grouped evenly.</summary>
    public const int MostStages = 6;

    /// <summary>The largest rank correlation with the trained model's map that a map of a random model may have to pass.</summary>
    public const double Limit = 0.8;

    /// <summary>Runs the checks; <paramref name="report"/> is told the stages done and their number.</summary>
    public SanityTable Run(Action<int, int> report, CancellationToken cancellationToken)
    {
        int[] stages = StageEnds(out string[] stageNames);
        Prediction[] predictions = model.Predict(input, cancellationToken);
        ClassTarget target = ClassTarget.PerItem([.. predictions.Select(prediction => prediction.Index)]);
        ClassTarget other = ClassTarget.PerItem([.. predictions.Select(SecondClass)]);
        report(0, stages.Length + 1);
        AttributionResult[] trained = Explain(model, target, cancellationToken);
        AttributionResult[] others = Explain(model, other, cancellationToken);
        double[][] similarities = [.. methods.Select(_ => new double[stages.Length])];
        bool[] isSame = new bool[methods.Count];
        for (int stage = 0; stage < stages.Length; stage++)
        {
            report(stage + 1, stages.Length + 1);
            using AudioClassifier random = AudioClassifier.FromOnnx(
                WeightRandomizer.Randomize(model.Source, stages[stage], seed), model.Options);
            AttributionResult[] results = Explain(random, target, cancellationToken);
            for (int method = 0; method < methods.Count; method++)
            {
                similarities[method][stage] = Similarity(trained[method], results[method], isSigned: false);
                isSame[method] = trained[method].Map.Span.SequenceEqual(results[method].Map.Span);
            }
        }

        report(stages.Length + 1, stages.Length + 1);
        return new SanityTable(
            stageNames,
            [
                .. names.Select(
                    (name, method) =>
                        Judge(name, similarities[method], Similarity(trained[method], others[method], isSigned: true), isSame[method])),
            ]);
    }

    private static SanityRow Judge(string name, double[] similarity, double otherClass, bool isSame) =>
        new(name, similarity, otherClass, isSame, !isSame && !(similarity[^1] > Limit));

    private AttributionResult[] Explain(AudioClassifier explained, ClassTarget target, CancellationToken cancellationToken) =>
        [.. methods.Select(method => method.Attribute(explained, input, target, cancellationToken: cancellationToken))];

    private int[] StageEnds(out string[] stageNames)
    {
        string[] layers = WeightRandomizer.LayersFromTheHead(model.Source);
        int count = Math.Min(MostStages, layers.Length);
        int[] ends =
        [
            .. Enumerable.Range(1, count).Select(stage => Math.Max(stage, (int)Math.Round((double)layers.Length * stage / count))),
        ];
        if (count > 0)
            ends[0] = 1;
        stageNames =
        [
            .. ends.Select(end => string.Create(CultureInfo.InvariantCulture, $"{end} of {layers.Length}, down to {layers[end - 1]}")),
        ];
        return ends;
    }

    private static int SecondClass(Prediction prediction)
    {
        ReadOnlySpan<float> probabilities = prediction.Probabilities.Span;
        int second = prediction.Index == 0 ? Math.Min(1, probabilities.Length - 1) : 0;
        for (int i = 0; i < probabilities.Length; i++)
            if (i != prediction.Index && probabilities[i] > probabilities[second])
                second = i;
        return second;
    }

    private static double Similarity(AttributionResult first, AttributionResult second, bool isSigned)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < first.Predictions.Count; i++)
        {
            double correlation = RankCorrelation.Spearman(Values(first, i, isSigned), Values(second, i, isSigned));
            if (double.IsNaN(correlation))
                continue;
            sum += correlation;
            count++;
        }

        return count == 0 ? double.NaN : sum / count;
    }

    private static float[] Values(AttributionResult result, int item, bool isSigned)
    {
        float[] values = InputGrid.MapOf(result[item]).Span.ToArray();
        return isSigned ? values : Array.ConvertAll(values, Math.Abs);
    }
}
