namespace AudioEmotionXai.Evaluation;

/// <summary>Two rows compared clip by clip, the one with the larger mean first.</summary>
/// <param name="First">Its number.</param>
/// <param name="Second">The other one's.</param>
/// <param name="Test">First minus second.</param>
internal sealed record PairTest(int First, int Second, MeanTest Test)
{
    /// <summary>Every pair of some rows.</summary>
    /// <param name="rows">Their numbers.</param>
    /// <param name="valuesOf">A row's values, one per clip.</param>
    /// <param name="test">Tests differences; the two rows fix its random numbers.</param>
    public static PairTest[] All(IReadOnlyList<int> rows, Func<int, double[]> valuesOf, Func<double[], int, int, MeanTest> test)
    {
        double[][] values = [.. rows.Select(valuesOf)];
        List<PairTest> tests = [];
        for (int a = 0; a < rows.Count; a++)
            for (int b = a + 1; b < rows.Count; b++)
            {
                (int first, int second) = Sums.Mean(values[a]) >= Sums.Mean(values[b]) ? (a, b) : (b, a);
                double[] differences = [.. values[first].Zip(values[second], (mine, theirs) => mine - theirs)];
                tests.Add(new PairTest(rows[first], rows[second], test(differences, rows[a], rows[b])));
            }

        return [.. tests];
    }
}
