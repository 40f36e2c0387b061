namespace AudioEmotionXai.Evaluation;

/// <summary>How one clip lies in the model's input: a cell is a bin and a frame, with all its channels.</summary>
internal readonly record struct InputGrid(int Channels, int Bins, int Frames)
{
    /// <summary>The number of cells.</summary>
    public int Cells => Bins * Frames;

    /// <summary>The number of values.</summary>
    public int Values => Channels * Cells;

    /// <summary>The grid of a batch (N, C, H, W), or (N, C, T), whose channels are the bins.</summary>
    public static InputGrid Of(FloatTensor batch) => batch.Rank switch
    {
        4 => new InputGrid(batch.Shape[1], batch.Shape[2], batch.Shape[3]),
        3 => new InputGrid(1, batch.Shape[1], batch.Shape[2]),
        _ => throw new ArgumentException($"The input has shape {batch}; expected (N, C, H, W) or (N, C, T).", nameof(batch)),
    };
}
