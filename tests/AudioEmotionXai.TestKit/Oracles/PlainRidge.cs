namespace AudioEmotionXai.TestKit;

/// <summary>Weighted ridge with an intercept that is not penalised, solved as one dense system by elimination.</summary>
internal static class PlainRidge
{
    /// <returns>The coefficients, then the intercept.</returns>
    public static double[] Fit(double[][] rows, double[] weights, double[] values, double ridge)
    {
        int d = rows[0].Length;
        double[,] system = new double[d + 1, d + 2];
        for (int sample = 0; sample < rows.Length; sample++)
        {
            double[] x = [.. rows[sample], 1];
            for (int i = 0; i <= d; i++)
            {
                for (int j = 0; j <= d; j++)
                    system[i, j] += weights[sample] * x[i] * x[j];
                system[i, d + 1] += weights[sample] * x[i] * values[sample];
            }
        }

        for (int i = 0; i < d; i++)
            system[i, i] += ridge;
        return Eliminate(system);
    }

    public static double[] Eliminate(double[,] system)
    {
        int n = system.GetLength(0);
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(system[row, column]));
            for (int j = 0; j <= n; j++)
                (system[column, j], system[pivot, j]) = (system[pivot, j], system[column, j]);
            for (int row = 0; row < n; row++)
            {
                if (row == column)
                    continue;
                double factor = system[row, column] / system[column, column];
                for (int j = column; j <= n; j++)
                    system[row, j] -= factor * system[column, j];
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
    }
}
