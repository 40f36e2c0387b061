namespace AudioEmotionXai;

/// <summary>Which segments each sample shows (1) or hides (0). The first row shows all.</summary>
internal sealed class SampleMatrix
{
    private const int LargestLimeSeed = 1000;
    private readonly byte[] _cells;
    private readonly int[] _clusters;

    /// <summary>Takes rows.</summary>
    /// <param name="cells">0 or 1, a sample's segments together.</param>
    /// <param name="features">The number of segments.</param>
    /// <param name="clusters">For every sample, the group of dependent samples it belongs to; groups follow each other.</param>
    public SampleMatrix(byte[] cells, int features, int[] clusters)
    {
        _cells = cells;
        Features = features;
        _clusters = clusters;
    }

    private delegate void RowWriter(Span<byte> row);

    public int Samples => _clusters.Length;

    public int Features { get; }

    public ReadOnlySpan<byte> Cells => _cells;

    public ReadOnlySpan<byte> Row(int sample) => _cells.AsSpan(sample * Features, Features);

    public int ClusterOf(int sample) => _clusters[sample];

    /// <summary>
    /// lime's own matrix, bit for bit: <c>RandomState(seed)</c>, one <c>randint(0, 1000)</c> that lime spends on the segmentation's seed,
    /// then <c>randint(0, 2)</c> row by row; the first row is then set to ones.
    /// </summary>
    public static SampleMatrix Independent(uint seed, int samples, int features)
    {
        byte[] cells = Draw(seed, samples, features);
        cells.AsSpan(0, features).Fill(1);
        return new SampleMatrix(cells, features, Identity(samples));
    }

    /// <summary>The matrix of a scheme.</summary>
    public static SampleMatrix Create(SampleScheme scheme, uint seed, int samples, int features) => scheme switch
    {
        SampleScheme.Independent => Independent(seed, samples, features),
        SampleScheme.Paired => Paired(seed, samples, features),
        _ => Orthogonal(seed, samples, features),
    };

    /// <summary>Antithetic pairs: behind the first row, every second row shows what the one before hides.</summary>
    public static SampleMatrix Paired(uint seed, int samples, int features)
    {
        byte[] drawn = Draw(seed, (samples / 2) + 1, features);
        int pair = 0;
        return Pairs(samples, features, row => drawn.AsSpan(pair++ * features, features).CopyTo(row));
    }

    /// <summary>Pairs from randomised orthogonal arrays, behind the first row.</summary>
    public static SampleMatrix Orthogonal(uint seed, int samples, int features)
    {
        OrthogonalBlocks blocks = new(new NumPyRandom(seed), features);
        return Pairs(samples, features, blocks.Next);
    }

    private static SampleMatrix Pairs(int samples, int features, RowWriter next)
    {
        byte[] cells = new byte[samples * features];
        cells.AsSpan(0, features).Fill(1);
        int[] clusters = new int[samples];
        for (int sample = 1; sample < samples; sample++)
        {
            Span<byte> row = cells.AsSpan(sample * features, features);
            if (sample % 2 == 1)
                next(row);
            else
                for (int feature = 0; feature < features; feature++)
                    row[feature] = (byte)(1 - cells[((sample - 1) * features) + feature]);
            clusters[sample] = (sample + 1) / 2;
        }

        return new SampleMatrix(cells, features, clusters);
    }

    private static byte[] Draw(uint seed, int samples, int features)
    {
        NumPyRandom random = new(seed);
        random.Integer(0, LargestLimeSeed);
        byte[] cells = new byte[samples * features];
        random.FillBits(cells);
        return cells;
    }

    private static int[] Identity(int count)
    {
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = i;
        return values;
    }
}
