namespace AudioEmotionXai.Checkpoints;

/// <summary>How <see cref="CheckpointExporter"/> writes a checkpoint: maps of 128 x 141, batch normalisation folded into the
/// convolutions.</summary>
public sealed record ExportOptions
{
    /// <summary>The input's height, in mel bins. Default 128.</summary>
    public int Bins { get; init; } = 128;

    /// <summary>The input's width, in frames. Default 141.</summary>
    public int Frames { get; init; } = 141;

    /// <summary>Whether batch normalisation stays as nodes of its own. Default false: it is folded into the convolutions before it,
    /// computed in double precision.</summary>
    public bool KeepBatchNormalization { get; init; }
}
