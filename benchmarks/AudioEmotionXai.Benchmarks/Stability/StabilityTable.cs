using System.Diagnostics;
using System.Globalization;

namespace AudioEmotionXai.Benchmarks;

/// <summary>
/// How far LIME's ranking of segments depends on its seed: <c>-- stability [samples] [seeds] [clips] [schemes]</c>. For each bundled sample
/// the mean rank correlation of the predicted class's coefficients over all pairs of seeds, once per way of sampling.
/// </summary>
internal static class StabilityTable
{
    /// <param name="output">Gets a Markdown table, a row as soon as its clip is done.</param>
    /// <param name="samples">Samples per explanation.</param>
    /// <param name="seeds">How many seeds, 0 and up.</param>
    /// <param name="clips">How many of the bundled samples: one of each emotion in turn.</param>
    /// <param name="schemes">The ways of sampling; each is compared with the first.</param>
    public static void Print(TextWriter output, int samples, int seeds, int clips, IReadOnlyList<SampleScheme> schemes)
    {
        using AudioClassifier model = BundledInput.LoadModel();
        Corpus bundled = BundledSamples.Load();
        int[] order = [.. OneOfEachInTurn(bundled.Truths!).Take(clips)];
        double[][] correlations = [.. schemes.Select(_ => new double[order.Length])];
        output.WriteLine($"| Clip | {string.Join(" | ", schemes)} | s |");
        output.WriteLine($"|---|{string.Concat(schemes.Select(_ => "---|"))}---|");
        for (int clip = 0; clip < order.Length; clip++)
        {
            long start = Stopwatch.GetTimestamp();
            FloatTensor item = bundled.Input.Items(order[clip], 1);
            int target = model.Predict(item)[0].Index;
            for (int scheme = 0; scheme < schemes.Count; scheme++)
                correlations[scheme][clip] = BetweenSeeds(model, item, target, schemes[scheme], samples, seeds);
            output.WriteLine(
                Row($"{order[clip]} ({model.Labels[target]})", correlations.Select(of => of[clip]), Stopwatch.GetElapsedTime(start)));
            output.Flush();
        }

        output.WriteLine(Row("**mean**", correlations.Select(of => of.Average())));
        for (int scheme = 1; scheme < schemes.Count; scheme++)
            output.WriteLine(Difference($"{schemes[scheme]} - {schemes[0]}", correlations[scheme], correlations[0]));
    }

    private static IEnumerable<int> OneOfEachInTurn(IReadOnlyList<int> classes) =>
        classes
            .Index()
            .GroupBy(clip => clip.Item)
            .SelectMany(group => group.Index())
            .OrderBy(place => place.Index)
            .Select(place => place.Item.Index);

    private static double BetweenSeeds(AudioClassifier model, FloatTensor item, int target, SampleScheme scheme, int samples, int seeds)
    {
        float[][] coefficients = new float[seeds][];
        for (int seed = 0; seed < seeds; seed++)
        {
            LinearSurrogate surrogate = new Lime
            {
                Samples = samples,
                Seed = seed,
                Sampling = scheme,
            }
                .FitSurrogates(model, item)[0]
                .Classes[target];
            coefficients[seed] = Array.ConvertAll(surrogate.Coefficients.ToArray(), value => (float)value);
        }

        double sum = 0;
        for (int first = 0; first < seeds; first++)
            for (int second = first + 1; second < seeds; second++)
                sum += RankCorrelation.Spearman(coefficients[first], coefficients[second]);
        return sum / (seeds * (seeds - 1) / 2);
    }

    private static string Row(string name, IEnumerable<double> values, TimeSpan? time = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {string.Join(" | ", values.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)))} | "
                + $"{time?.TotalSeconds:0} |");

    private static string Difference(string name, double[] values, double[] than)
    {
        double[] differences = [.. values.Zip(than, (value, other) => value - other)];
        ConfidenceInterval interval = MeanTest.Of(differences, [], 10_000, new KeyedRandom(0)).Interval(0.95);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\n{name}: {interval.Mean:+0.0000;-0.0000} [{interval.Low:+0.0000;-0.0000}, {interval.High:+0.0000;-0.0000}] (95 %), higher "
                + $"on {differences.Count(value => value > 0)} of {differences.Length} clips");
    }
}
