namespace AudioEmotionXai;

/// <summary>How LIME draws which segments a sample shows.</summary>
/// <remarks>
/// Each sample alone is drawn alike under both (every segment by a fair coin), so both lead to the same coefficients; they differ in
/// how far these still vary at a given number of samples.
/// </remarks>
public enum SampleScheme
{
    /// <summary>Every segment of every sample by a coin of its own, bit for bit as lime does.</summary>
    Independent,

    /// <summary>
    /// Pairs from randomised orthogonal arrays: within a block every two segments are shown together as often as apart, so that none is
    /// mistaken for another. Steadier, most of all where samples are few. R. Plackett, J. Burman, 1946, doi:10.1093/biomet/33.4.305;
    /// randomised as in A. Owen, Statistica Sinica 2, 1992.
    /// </summary>
    Orthogonal,
}

/// <summary>Which segments each sample shows (1) or hides (0). The first row shows all.</summary>
internal sealed class SampleMatrix
{
    /// <summary>A sample that is not drawn: both halves have it.</summary>
    public const int BothHalves = -1;

    private const int LargestLimeSeed = 1000;
    private readonly byte[] _cells;
    private readonly int[] _clusters;
    private readonly int[]? _halves;

    /// <summary>Takes rows.</summary>
    /// <param name="cells">0 or 1, a sample's segments together.</param>
    /// <param name="features">The number of segments.</param>
    /// <param name="clusters">For every sample, the group of dependent samples it belongs to; groups follow each other.</param>
    /// <param name="halves">For every sample, 0, 1 or <see cref="BothHalves"/>; groups in turn, and the first row both, where
    /// null.</param>
    public SampleMatrix(byte[] cells, int features, int[] clusters, int[]? halves = null)
    {
        _halves = halves;
        _cells = cells;
        Features = features;
        _clusters = clusters;
    }

    public int Samples => _clusters.Length;

    public int Features { get; }

    public ReadOnlySpan<byte> Cells => _cells;

    public ReadOnlySpan<byte> Row(int sample) => _cells.AsSpan(sample * Features, Features);

    public int ClusterOf(int sample) => _clusters[sample];

    /// <summary>Which half a sample belongs to where two halves of the samples are compared: 0, 1 or <see cref="BothHalves"/>.</summary>
    public int HalfOf(int sample) => _halves is not null ? _halves[sample] : sample == 0 ? BothHalves : _clusters[sample] % 2;

    /// <summary>
    /// lime's own matrix, bit for bit: <c>RandomState(seed)</c>, one <c>randint(0, 1000)</c> that lime spends on the segmentation's seed,
    /// then <c>randint(0, 2)</c> row by row; the first row is then set to ones.
    /// </summary>
    public static SampleMatrix Independent(uint seed, int samples, int features)
    {
        NumPyRandom random = new(seed);
        random.Integer(0, LargestLimeSeed);
        byte[] cells = new byte[samples * features];
        random.FillBits(cells);
        cells.AsSpan(0, features).Fill(1);
        return new SampleMatrix(cells, features, [.. Enumerable.Range(0, samples)]);
    }

    /// <summary>The matrix of a scheme.</summary>
    public static SampleMatrix Create(SampleScheme scheme, uint seed, int samples, int features) =>
        scheme == SampleScheme.Independent ? Independent(seed, samples, features) : Orthogonal(seed, samples, features);

    /// <summary>Pairs from randomised orthogonal arrays, behind the first row: every second row shows what the one before hides.</summary>
    public static SampleMatrix Orthogonal(uint seed, int samples, int features)
    {
        OrthogonalBlocks blocks = new(new NumPyRandom(seed), features);
        byte[] cells = new byte[samples * features];
        cells.AsSpan(0, features).Fill(1);
        int[] clusters = new int[samples];
        for (int sample = 1; sample < samples; sample++)
        {
            Span<byte> row = cells.AsSpan(sample * features, features);
            if (sample % 2 == 1)
                blocks.Next(row);
            else
                for (int feature = 0; feature < features; feature++)
                    row[feature] = (byte)(1 - cells[((sample - 1) * features) + feature]);
            clusters[sample] = (sample + 1) / 2;
        }

        return new SampleMatrix(cells, features, clusters);
    }
}
