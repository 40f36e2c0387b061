namespace AudioEmotionXai.Tests;

/// <summary>The balance that orthogonal arrays promise, and what it is for.</summary>
public sealed class OrthogonalBlocksTests
{
    [Test]
    public void InABlockAnyThreeSegmentsShowEveryPatternEquallyOften([Values(5, 7, 13)] int features)
    {
        int rows = 2 * (features <= 7 ? 8 : 16);
        SampleMatrix matrix = SampleMatrix.Orthogonal(3, 1 + (2 * rows), features);
        for (int block = 0; block < 2; block++)
            foreach ((int a, int b, int c) in Triples(features))
            {
                int[] patterns = new int[8];
                for (int row = 1 + (block * rows); row < 1 + ((block + 1) * rows); row++)
                    patterns[(4 * matrix.Row(row)[a]) + (2 * matrix.Row(row)[b]) + matrix.Row(row)[c]]++;
                Assert.That(patterns, Is.All.EqualTo(rows / 8), $"segments {a}, {b}, {c} in block {block}");
            }
    }

    [Test]
    public void EverySecondRowShowsWhatTheOneBeforeHides()
    {
        SampleMatrix matrix = SampleMatrix.Orthogonal(5, 40, 11);
        Assert.That(matrix.Row(0).ToArray(), Is.All.EqualTo(1));
        for (int i = 1; i < 39; i += 2)
        {
            Assert.That(matrix.Row(i).ToArray().Zip(matrix.Row(i + 1).ToArray(), (a, b) => a + b), Is.All.EqualTo(1));
            Assert.That(matrix.ClusterOf(i), Is.EqualTo(matrix.ClusterOf(i + 1)));
        }
    }

    [Test]
    public void EveryRowAloneIsARowOfFairCoins()
    {
        double[] shown = new double[10], both = new double[10];
        for (uint seed = 0; seed < 4000; seed++)
        {
            ReadOnlySpan<byte> row = SampleMatrix.Orthogonal(seed, 4, 10).Row(3);
            for (int i = 0; i < 10; i++)
            {
                shown[i] += row[i] / 4000.0;
                both[i] += row[i] * row[(i + 1) % 10] / 4000.0;
            }
        }

        // Four standard deviations of a share of 4000 coins
        Assert.That(shown, Is.All.EqualTo(0.5).Within(0.032));
        Assert.That(both, Is.All.EqualTo(0.25).Within(0.028));
    }

    [Test]
    public void CoefficientsVaryLessThanWithIndependentSamples([Values(96, 256)] int samples)
    {
        double orthogonal = Spread(SampleScheme.Orthogonal, samples), independent = Spread(SampleScheme.Independent, samples);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{samples} samples of 30 segments, variance: independent {independent:E2}, orthogonal {orthogonal:E2}"));
        Assert.That(orthogonal, Is.LessThan(0.6 * independent));
    }

    /// <summary>The mean variance of the coefficients over 40 seeds, on a sigmoid over segments of which some work together.</summary>
    private static double Spread(SampleScheme scheme, int samples)
    {
        const int Features = 30, Seeds = 40;
        double[] sums = new double[Features], squares = new double[Features];
        for (uint seed = 0; seed < Seeds; seed++)
        {
            SampleMatrix matrix = SampleMatrix.Create(scheme, seed, samples, Features);
            SurrogateFit fit = new(matrix, 0.25, 1);
            for (int i = 0; i < samples; i++)
                fit.Add([Score(matrix.Row(i))]);
            ReadOnlySpan<double> coefficients = fit.SolveOne(0.01, 0).Coefficients.Span;
            for (int i = 0; i < Features; i++)
            {
                sums[i] += coefficients[i];
                squares[i] += coefficients[i] * coefficients[i];
            }
        }

        return sums.Zip(squares, (sum, square) => (square / Seeds) - (sum / Seeds * sum / Seeds)).Average();
    }

    private static double Score(ReadOnlySpan<byte> row)
    {
        double score = -3;
        for (int i = 0; i < row.Length; i++)
            score += row[i] * ((i % 7 * 0.1) + (0.15 * row[(i + 1) % row.Length]));
        return 1 / (1 + Math.Exp(-score));
    }

    private static IEnumerable<(int A, int B, int C)> Triples(int features)
    {
        for (int a = 0; a < features; a++)
            for (int b = a + 1; b < features; b++)
                for (int c = b + 1; c < features; c++)
                    yield return (a, b, c);
    }
}
