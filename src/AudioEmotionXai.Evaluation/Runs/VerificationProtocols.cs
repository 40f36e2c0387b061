namespace AudioEmotionXai.Evaluation;

/// <summary>Which protocols a verification runs.</summary>
[Flags]
public enum VerificationProtocols
{
    /// <summary>None: metrics and sanity checks alone.</summary>
    None = 0,

    /// <summary>The notebook's: each method's own area, one random mask, fill with the mean.</summary>
    Notebook = 1,

    /// <summary>Equal areas, several controls and draws, intervals and p-values.</summary>
    Controlled = 2,

    /// <summary>Clips whose answer is known by how they were made: mosaics of two clips, and planted events.</summary>
    GroundTruth = 4,

    /// <summary>All, side by side.</summary>
    All = Notebook | Controlled | GroundTruth,
}
