namespace AudioEmotionXai.Evaluation;

/// <summary>Which masks a clip gets in the controlled protocol, and where each one's drops lie: one line per mask, one column per condition
/// (share, fill).</summary>
/// <param name="Rows">How many rows the table has, references included.</param>
/// <param name="Controlled">How many of them, from the first, have controls of their own.</param>
/// <param name="Draws">Draws of each control.</param>
/// <param name="Conditions">Pairs of a share and a fill.</param>
internal sealed record DropLayout(int Rows, int Controlled, int Draws, int Conditions)
{
    /// <summary>The names of the blocks of lines, as they stand in files: the row's own cells; its own cells in the other order of signed
    /// maps; scattered cells, the same for all rows; its shape moved; cells as loud.</summary>
    public static readonly string[] Blocks = ["important", "other_order", "scattered", "shape_matched", "equally_loud"];

    /// <summary>How many lines there are.</summary>
    public int Lines => Enumerable.Range(0, Blocks.Length).Sum(LinesOf);

    /// <summary>The line of a row's own cells.</summary>
    public static int Own(int row) => row;

    /// <summary>The line of a row's own cells in the other order.</summary>
    public int OtherOrder(int row) => Start(1) + row;

    /// <summary>The line of a draw of a control.</summary>
    public int Control(int row, MaskControl control, int draw) => control switch
    {
        MaskControl.Scattered => Start(2) + draw,
        MaskControl.ShapeMatched => Start(3) + (row * Draws) + draw,
        _ => Start(4) + (row * Draws) + draw,
    };

    /// <summary>The first line of a block.</summary>
    public int Start(int block) => Enumerable.Range(0, block).Sum(LinesOf);

    /// <summary>The shape of a block, a clip's part: rows, draws or both, before shares and fills.</summary>
    public int[] ShapeOf(int block) => block switch
    {
        0 or 1 => [Rows],
        2 => [Draws],
        _ => [Controlled, Draws],
    };

    private int LinesOf(int block) => ShapeOf(block).Aggregate(1, (product, length) => product * length);
}
