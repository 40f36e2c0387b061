namespace AudioEmotionXai;

/// <summary>Which segments LIME's final model may use.</summary>
public enum FeatureSelection
{
    /// <summary>Forward selection for up to six features, else the highest weights.</summary>
    Auto,

    /// <summary>Those with the largest coefficients of a first fit over all.</summary>
    HighestWeights,

    /// <summary>One by one the feature that raises the weighted R² most.</summary>
    ForwardSelection,

    /// <summary>All.</summary>
    None,
}

/// <summary>Picks the features of one output's model, as lime does.</summary>
internal static class FeatureSelector
{
    private const double FirstFitRidge = 0.01;
    private const int ForwardUpTo = 6;

    /// <summary>The chosen features, best first; the features themselves where all are taken.</summary>
    public static int[] Select(NormalEquations sums, int output, FeatureSelection how, int count)
    {
        if (how == FeatureSelection.Auto)
            how = count <= ForwardUpTo ? FeatureSelection.ForwardSelection : FeatureSelection.HighestWeights;
        return how switch
        {
            FeatureSelection.ForwardSelection => Forward(sums, output, Math.Min(count, sums.Features)),
            FeatureSelection.HighestWeights when count < sums.Features => Highest(sums, output, count),
            _ => All(sums.Features),
        };
    }

    /// <summary>Whether every output gets all features, so that one system serves them all.</summary>
    public static bool TakesAll(int features, FeatureSelection how, int count) =>
        how == FeatureSelection.None || (count >= features && !(how == FeatureSelection.Auto && count <= ForwardUpTo));

    public static int[] All(int features)
    {
        int[] all = new int[features];
        for (int i = 0; i < features; i++)
            all[i] = i;
        return all;
    }

    /// <summary>Indices by descending absolute value; equal ones stay in order.</summary>
    public static int[] ByMagnitude(ReadOnlySpan<double> values, ReadOnlySpan<int> candidates)
    {
        int[] order = candidates.ToArray();
        double[] keys = new double[order.Length];
        for (int i = 0; i < order.Length; i++)
            keys[i] = Math.Abs(values[order[i]]);
        int[] positions = All(order.Length);
        Array.Sort(positions, (a, b) => keys[a] != keys[b] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        return Array.ConvertAll(positions, position => order[position]);
    }

    private static int[] Highest(NormalEquations sums, int output, int count)
    {
        int[] all = All(sums.Features);
        double[] coefficients = sums.Factor(all, FirstFitRidge).Solve([output])[0];
        return ByMagnitude(coefficients, all)[..count];
    }

    /// <summary>Each step sweeps the chosen feature out of the others: what is left of them tells how much R² each would add.</summary>
    private static int[] Forward(NormalEquations sums, int output, int count)
    {
        int d = sums.Features;
        double[] rest = new double[d * d];
        double[] mixed = new double[d];
        for (int i = 0; i < d; i++)
        {
            mixed[i] = sums.CentredMixed(i, output);
            for (int j = 0; j < d; j++)
                rest[(i * d) + j] = sums.Centred(i, j);
        }

        double[] scale = new double[d];
        for (int i = 0; i < d; i++)
            scale[i] = rest[(i * d) + i];
        List<int> chosen = [];
        while (chosen.Count < count)
        {
            int best = Best(rest, mixed, scale, chosen);
            chosen.Add(best);
            Sweep(rest, mixed, best, scale[best]);
        }

        return [.. chosen];
    }

    private static int Best(double[] rest, double[] mixed, double[] scale, List<int> chosen)
    {
        int best = -1;
        double most = -1;
        for (int i = 0; i < mixed.Length; i++)
        {
            double left = rest[(i * mixed.Length) + i];
            double gain = left > 1e-12 * scale[i] ? mixed[i] * mixed[i] / left : 0;
            if (gain > most && !chosen.Contains(i))
                (best, most) = (i, gain);
        }

        return best;
    }

    private static void Sweep(double[] rest, double[] mixed, int chosen, double scale)
    {
        int d = mixed.Length;
        double pivot = rest[(chosen * d) + chosen];
        if (pivot <= 1e-12 * scale)
            return;
        double[] row = rest[(chosen * d)..((chosen + 1) * d)];
        double value = mixed[chosen];
        for (int i = 0; i < d; i++)
        {
            double share = row[i] / pivot;
            mixed[i] -= share * value;
            for (int j = 0; j < d; j++)
                rest[(i * d) + j] -= share * row[j];
        }
    }
}
