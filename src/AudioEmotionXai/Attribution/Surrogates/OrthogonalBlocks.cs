using System.Numerics;

namespace AudioEmotionXai;

/// <summary>
/// Draws samples in blocks: the rows of a two-level orthogonal array (Sylvester's Hadamard matrix), columns, signs and order at random,
/// each row followed by its complement.
/// </summary>
/// <remarks>
/// In a block of 2m rows, with m the next power of two above the number of segments, any two segments are shown together in exactly half
/// of the rows that show one of them, and the complements keep what two segments do together out of the coefficients. The random signs make
/// each row alone a row of fair coins.
/// </remarks>
internal sealed class OrthogonalBlocks(NumPyRandom random, int features)
{
    private readonly int _runs = (int)BitOperations.RoundUpToPowerOf2((uint)features + 1);
    private int[] _columns = [];
    private int[] _order = [];
    private int _next;

    /// <summary>The signs of a block's columns: 1 turns a column round.</summary>
    private byte[] Signs { get; } = new byte[features];

    /// <summary>Writes the next row; its complement is the caller's to add.</summary>
    public void Next(Span<byte> row)
    {
        if (_next == _order.Length)
            Begin();
        uint run = (uint)_order[_next++];
        for (int feature = 0; feature < row.Length; feature++)
            row[feature] = (byte)((BitOperations.PopCount(run & (uint)_columns[feature]) & 1) ^ Signs[feature]);
    }

    private void Begin()
    {
        _columns = Array.ConvertAll(random.Choice(_runs - 1, features), column => column + 1);
        _order = random.Permutation(_runs);
        random.FillBits(Signs);
        _next = 0;
    }
}
