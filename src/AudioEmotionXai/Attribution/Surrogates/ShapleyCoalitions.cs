namespace AudioEmotionXai;

/// <summary>
/// The coalitions of segments that KernelSHAP looks at, with their weights: sizes that fit the budget are gone through whole, from the
/// smallest and largest inwards; of the rest, coalitions are drawn by the kernel, each together with its complement.
/// </summary>
/// <remarks>
/// Kernel: S. Lundberg, S.-I. Lee: A Unified Approach to Interpreting Model Predictions, 2017, arXiv:1705.07874.
/// Pairs: I. Covert, S.-I. Lee: Improving KernelSHAP, 2021, arXiv:2012.01536.
/// </remarks>
internal static class ShapleyCoalitions
{
    /// <summary>Rows and weights; the rows that show all and nothing are not among them.</summary>
    public static (SampleMatrix Matrix, double[] Weights) Create(uint seed, int samples, int features)
    {
        List<byte> cells = [];
        List<double> weights = [];
        double left = 1;
        int size = 1;
        for (; 2 * size <= features && Subsets(features, size) <= samples - weights.Count; size++)
        {
            double share = Share(features, size);
            AddAll(features, size, share, cells, weights);
            left -= share;
        }

        int whole = weights.Count;
        if (2 * size <= features)
            AddDrawn(new NumPyRandom(seed), samples, features, size, left, cells, weights);
        int[] halves = [.. Enumerable.Repeat(SampleMatrix.BothHalves, whole), .. Enumerable.Range(0, weights.Count - whole).Select(Half)];
        return (new SampleMatrix([.. cells], features, new int[weights.Count], halves), [.. weights]);
    }

    private static int Half(int drawn) => drawn / 2 % 2;

    /// <summary>How many coalitions have this size, or leave out as many.</summary>
    private static double Subsets(int features, int size)
    {
        double count = 1;
        for (int i = 0; i < size; i++)
            count *= (double)(features - i) / (i + 1);
        return 2 * size == features ? Math.Round(count) : 2 * Math.Round(count);
    }

    /// <summary>The part of the whole kernel's weight that this size and its complement have.</summary>
    private static double Share(int features, int size)
    {
        double all = 0;
        for (int k = 1; k < features; k++)
            all += 1.0 / ((double)k * (features - k));
        return (2 * size == features ? 1 : 2) / ((double)size * (features - size)) / all;
    }

    private static void AddAll(int features, int size, double share, List<byte> cells, List<double> weights)
    {
        double weight = share / Subsets(features, size);
        int[] members = FeatureSelector.All(size);
        do
        {
            byte[] row = new byte[features];
            foreach (int member in members)
                row[member] = 1;
            Add(row, weight, cells, weights);
            if (2 * size != features)
                Add(Complement(row), weight, cells, weights);
        }
        while (Next(members, features));
    }

    private static void AddDrawn(
        NumPyRandom random, int samples, int features, int smallest, double left, List<byte> cells, List<double> weights)
    {
        int pairs = Math.Max(0, (samples - weights.Count) / 2);
        double[] upTo = new double[(features / 2) - smallest + 1];
        for (int i = 0; i < upTo.Length; i++)
            upTo[i] = (i == 0 ? 0 : upTo[i - 1]) + Share(features, smallest + i);
        for (int pair = 0; pair < pairs; pair++)
        {
            int drawn = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
            int size = smallest + Math.Min(drawn < 0 ? ~drawn : drawn, upTo.Length - 1);
            byte[] row = new byte[features];
            foreach (int member in random.Choice(features, size))
                row[member] = 1;
            Add(row, left / (2 * pairs), cells, weights);
            Add(Complement(row), left / (2 * pairs), cells, weights);
        }
    }

    private static void Add(byte[] row, double weight, List<byte> cells, List<double> weights)
    {
        cells.AddRange(row);
        weights.Add(weight);
    }

    private static byte[] Complement(byte[] row) => Array.ConvertAll(row, shown => (byte)(1 - shown));

    /// <summary>The next combination in lexicographic order.</summary>
    private static bool Next(int[] members, int features)
    {
        int i = members.Length - 1;
        while (i >= 0 && members[i] == features - members.Length + i)
            i--;
        if (i < 0)
            return false;
        members[i]++;
        for (int j = i + 1; j < members.Length; j++)
            members[j] = members[j - 1] + 1;
        return true;
    }
}
