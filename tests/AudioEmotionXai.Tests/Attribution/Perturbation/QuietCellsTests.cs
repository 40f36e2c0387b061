namespace AudioEmotionXai.Tests;

public sealed class QuietCellsTests
{
    [TestCase(0, 30, 0.03, 25)]
    [TestCase(0, 20, 0.05, 20)]
    [TestCase(1, 30, 0.03, 25)]
    [TestCase(1, 20, 0.05, 20)]
    public void TheMapIsTheNotebooksDrawByDraw(int index, int samples, double noise, double percentile)
    {
        string name = FormattableString.Invariant($"counts_{index}_n{samples}_noise{noise}_p{percentile}");
        int[] counts = NpzFile.Read(SharedData.Fixture("silence_counts.npz"))[name].ToInt32s();
        ReadOnlySpan<float> item = BundledSamples.Load().Spectrograms.Item(4 * index).Span;
        double[] map = QuietCells.Map(item, samples, noise, percentile, 0, CancellationToken.None);
        Assert.That(map, Is.EqualTo(counts.Select(count => (double)count / samples)));
    }

    [TestCase(4)]
    [TestCase(5)]
    [TestCase(11)]
    public void AnOddNumberOfCellsDrawsTheSameNormalsAsOneLongDraw(int samples)
    {
        float[] item = [.. Enumerable.Range(0, 35).Select(i => (float)Math.Sin(i))];
        Assert.That(QuietCells.Map(item, samples, 0.2, 40, 3, CancellationToken.None), Is.EqualTo(PlainMap(item, samples, 0.2, 40, 3)));
    }

    [Test]
    public void WithoutNoiseExactlyTheQuietCellsAreMarked()
    {
        float[] item = [5, 1, 4, 2, 3];
        Assert.That(QuietCells.Map(item, 3, 0, 50, 0, CancellationToken.None), Is.EqualTo(new double[] { 0, 1, 0, 1, 1 }));
    }

    [Test]
    public void TheFastPercentileIsNumPysOnAnyValues()
    {
        NumPyRandom random = new(2);
        foreach (int count in new[] { 1, 2, 7, 1000 })
            foreach (double percentile in new[] { 0, 0.5, 20, 25, 33.3, 50, 99.9, 100 })
            {
                // Many equal values at both ends, as clipping leaves them
                double[] values = [.. Enumerable.Range(0, count).Select(_ => Math.Clamp(random.Normal(0.5, 0.4), 0, 1))];
                Assert.That(new PercentileFinder(count, percentile).Find(values), Is.EqualTo(PlainPercentile(values, percentile)).Within(1e-15), $"{count} {percentile}");
            }
    }

    private static double[] PlainMap(float[] item, int samples, double noise, double percentile, uint seed)
    {
        double least = item.Min(), range = item.Max() - least + 1e-10;
        NumPyRandom random = new(seed);
        double[] map = new double[item.Length];
        for (int sample = 0; sample < samples; sample++)
        {
            double[] noisy = [.. item.Select(x => Math.Clamp(((x - least) / range) + random.Normal(0, noise), 0, 1))];
            double threshold = PlainPercentile(noisy, percentile);
            for (int i = 0; i < map.Length; i++)
                map[i] += noisy[i] <= threshold ? 1 : 0;
        }

        return [.. map.Select(count => count / samples)];
    }

    private static double PlainPercentile(double[] values, double percentile)
    {
        double[] sorted = [.. values.Order()];
        double position = percentile / 100 * (sorted.Length - 1);
        int lower = (int)position;
        int upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + ((position - lower) * (sorted[upper] - sorted[lower]));
    }
}
