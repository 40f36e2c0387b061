namespace AudioEmotionXai.Attribution;

/// <summary>How LIME draws which segments a sample shows.</summary>
public enum SampleScheme
{
    /// <summary>Every segment of every sample by a coin of its own, bit for bit as lime does.</summary>
    Independent,

    /// <summary>Antithetic pairs: a second sample shows what the first hides. Steadier for the same number of samples.</summary>
    Paired,
}
