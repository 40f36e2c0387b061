namespace AudioEmotionXai;

/// <summary>How LIME draws which segments a sample shows.</summary>
/// <remarks>
/// Each sample alone is drawn alike under all three (every segment by a fair coin), so all lead to the same coefficients; they differ in
/// how far these still vary at a given number of samples.
/// </remarks>
public enum SampleScheme
{
    /// <summary>Every segment of every sample by a coin of its own, bit for bit as lime does.</summary>
    Independent,

    /// <summary>Antithetic pairs: a second sample shows what the first hides, so that what pairs of segments do together cancels. Steadier
    /// for the same number of samples.</summary>
    Paired,

    /// <summary>
    /// Pairs from randomised orthogonal arrays: within a block every two segments are shown together as often as apart, so that none is
    /// mistaken for another. Steadiest, most of all where samples are few. R. Plackett, J. Burman, 1946, doi:10.1093/biomet/33.4.305;
    /// randomised as in A. Owen, Statistica Sinica 2, 1992.
    /// </summary>
    Orthogonal,
}
