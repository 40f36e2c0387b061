namespace AudioEmotionXai.Tests;

public sealed class ShapleyTests
{
    [TestCase(1, 20)]
    [TestCase(2, 20)]
    [TestCase(3, 20)]
    [TestCase(12, 60)]
    [TestCase(12, 4094)]
    [TestCase(96, 1000)]
    public void ValuesOfALinearGameAreItsCoefficients(int features, int samples)
    {
        double[] truth = [.. Enumerable.Range(0, features).Select(i => Math.Sin(i + 1.0))];
        double[] values = Solve(features, samples, row => row.Select((x, i) => x * truth[i]).Sum());
        Assert.That(values, Is.EqualTo(truth).Within(1e-6));
    }

    [Test]
    public void AllCoalitionsGiveTheShapleyValuesOfAnyGame()
    {
        static double Game(byte[] row) => (row[0] * row[1] * 3) + row[2] - (row[3] * row[0] * row[4]) + (row.Sum(x => x) >= 4 ? 1 : 0);
        Assert.That(Solve(6, 62, Game), Is.EqualTo(PlainShapley(6, Game)).Within(1e-7));
    }

    [Test]
    public void ValuesAlwaysSumToTheTotal()
    {
        static double Game(byte[] row) => Math.Exp(-row.Sum(x => x)) * row[3];
        double[] values = Solve(20, 100, Game);
        Assert.That(values.Sum(), Is.EqualTo(Game([.. Enumerable.Repeat((byte)1, 20)])).Within(1e-12));
    }

    [Test]
    public void SizesThatFitAreGoneThroughWholeAndTheRestComesInPairs()
    {
        (SampleMatrix matrix, double[] weights) = ShapleyCoalitions.Create(1, 60, 12);
        Assert.That(matrix.Samples, Is.EqualTo(60));
        for (int i = 0; i < 24; i += 2)
            Assert.That(matrix.Row(i).ToArray().Sum(x => x), Is.EqualTo(1));
        for (int i = 0; i < 60; i += 2)
            Assert.That(matrix.Row(i).ToArray().Zip(matrix.Row(i + 1).ToArray(), (a, b) => a + b), Is.All.EqualTo(1));
        Assert.That(weights.Sum(), Is.EqualTo(1).Within(1e-12));
        Assert.That(weights, Is.All.GreaterThan(0));
    }

    private static double[] Solve(int features, int samples, Func<byte[], double> game)
    {
        (SampleMatrix matrix, double[] weights) = ShapleyCoalitions.Create(1, samples, features);
        ShapleySolver solver = new(features, 1);
        double hidden = game(new byte[features]);
        for (int i = 0; i < matrix.Samples; i++)
            solver.Add(matrix.Row(i), weights[i], [game(matrix.Row(i).ToArray()) - hidden]);
        return solver.Solve(0, game([.. Enumerable.Repeat((byte)1, features)]) - hidden);
    }

    private static double[] PlainShapley(int features, Func<byte[], double> game)
    {
        double[] values = new double[features];
        for (int set = 0; set < 1 << features; set++)
        {
            byte[] row = [.. Enumerable.Range(0, features).Select(i => (byte)((set >> i) & 1))];
            int size = row.Sum(x => x);
            for (int i = 0; i < features; i++)
                if (row[i] == 0)
                {
                    byte[] with = [.. row];
                    with[i] = 1;
                    values[i] += Factorial(size) * Factorial(features - size - 1) / Factorial(features) * (game(with) - game(row));
                }
        }

        return values;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
