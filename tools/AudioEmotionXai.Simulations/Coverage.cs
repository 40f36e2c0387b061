namespace AudioEmotionXai.Simulations;

/// <summary>How often the interval of a mean holds the true one.</summary>
/// <param name="Name">What the values are.</param>
/// <param name="Population">Stands for the truth: samples are drawn from it with replacement.</param>
/// <param name="IsFall">Whether the values are falls or shares, whose intervals are left out where they are close to 0 or 1.</param>
internal sealed record Coverage(string Name, double[] Population, bool IsFall = false)
{
    private const long Seed = 7;
    private const int Resamples = 999;

    /// <summary>Populations of known shape, and the efficiencies of a verification where its folder is given.</summary>
    public static IEnumerable<Coverage> All(string? folder)
    {
        KeyedRandom random = new(Seed);
        double[] Of(Func<double> draw) => [.. Enumerable.Range(0, 20_000).Select(_ => draw())];
        yield return new("normal", Of(random.NextNormal));
        yield return new("exponential (skewness 2)", Of(() => -Math.Log(1 - random.NextDouble())));
        yield return new("half at 0, half spread (a fall that saturates)", Of(() => random.NextIndex(2) * random.NextDouble()), IsFall: true);
        if (folder is null)
            yield break;
        NpzFile drops = NpzFile.Read(Path.Combine(folder, "drops.npz"));
        foreach (Coverage coverage in OfRun(drops))
            yield return coverage;
    }

    /// <summary>The share of intervals from samples of a size that hold the population's mean; clips of a group share part of their
    /// deviation; and the share of samples that have an interval.</summary>
    public (double Held, double Printed) At(int clips, int groups, double correlation, int runs)
    {
        double truth = Population.Average(), deviation = Math.Sqrt(Population.Average(value => Math.Pow(value - truth, 2)));
        int held = 0, printed = 0;
        Parallel.For(0, runs, run =>
        {
            KeyedRandom random = new(Seed, clips, groups, run);
            double[] shared = [.. Enumerable.Range(0, groups).Select(_ => deviation * Math.Sqrt(correlation) * random.NextNormal())];
            double[] values = new double[clips];
            for (int clip = 0; clip < clips; clip++)
            {
                double own = Population[random.NextIndex(Population.Length)];
                values[clip] = groups == 0 ? own : truth + (Math.Sqrt(1 - correlation) * (own - truth)) + shared[clip % groups];
            }

            int[] units = groups == 0 ? [] : [.. Enumerable.Range(0, clips).Select(clip => clip % groups)];
            MeanTest test = MeanTest.Of(values, units, Resamples, random);
            ConfidenceInterval interval = IsFall ? test.BoundedInterval(0.95) : test.Interval(0.95);
            Interlocked.Add(ref printed, double.IsNaN(interval.Low) ? 0 : 1);
            Interlocked.Add(ref held, interval.Low <= truth && truth <= interval.High ? 1 : 0);
        });
        return ((double)held / printed, (double)printed / runs);
    }

    // By method: the fall with its cells, and what is beyond scattered cells
    private static IEnumerable<Coverage> OfRun(NpzFile drops)
    {
        NpyArray important = drops["important"], scattered = drops["scattered"];
        int clips = important.Shape[0], rows = important.Shape[1], conditions = important.Shape[2] * important.Shape[3];
        int draws = scattered.Shape[1];
        float[] own = important.ToFloats(), other = scattered.ToFloats();
        for (int row = 0; row < rows; row++)
        {
            double[] fall = [.. Enumerable.Range(0, clips).Select(clip => MeanOf(own, ((clip * rows) + row) * conditions, conditions))];
            double[] beyond = [.. fall.Select((drop, clip) => drop - MeanOf(other, clip * draws * conditions, draws * conditions))];
            yield return new($"row {row} of the run: fall", fall, IsFall: true);
            yield return new($"row {row} of the run: beyond scattered cells", beyond);
        }
    }

    private static double MeanOf(float[] values, int start, int count)
    {
        double[] measured = [.. values.AsSpan(start, count).ToArray().Where(value => !float.IsNaN(value)).Select(value => (double)value)];
        return measured.Length == 0 ? 0 : measured.Average();
    }
}
