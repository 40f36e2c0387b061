namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The default protocol of verification: every method masks the same share of cells, and is compared, clip by clip, with as many
/// scattered cells and with its own area moved elsewhere.
/// </summary>
/// <remarks>
/// A draw is one random order of cells (scattered) or one move in time and mel (shape-matched), used for all shares and fills alike,
/// so that under chance the observed area is one draw among others: that is what makes the p-values exact. A clip costs
/// fractions x fills per clip x (methods x (1 + draws) + draws) runs of the model.
/// </remarks>
public sealed record ControlledProtocol
{
    private const int MostDraws = 4, ManyDraws = 800, FewClips = 100;

    /// <summary>The shares of the cells that are masked, each above 0 and below 1. Default 0.05, 0.1, 0.2.</summary>
    public IReadOnlyList<double> Fractions { get; init; } = [0.05, 0.1, 0.2];

    /// <summary>What masked cells are filled with. Default: all four fills.</summary>
    public IReadOnlyList<FillKind> Fills { get; init; } = [FillKind.Minimum, FillKind.Mean, FillKind.Blur, FillKind.Noise];

    /// <summary>How many of the fills each clip gets, in turn from clip to clip. Default (null): all for up to 100 clips, else
    /// one.</summary>
    public int? FillsPerClip { get; init; }

    /// <summary>Draws of each control for a clip, at least 1. Default (null): 4, fewer where many clips make up for it, 1 from 800
    /// on.</summary>
    public int? Draws { get; init; }

    /// <summary>Which cells of a signed map come first. Default: the largest magnitudes.</summary>
    public SignedMapOrder SignedMaps { get; init; }

    /// <summary>The level of significance after Holm's correction, and one minus the coverage of intervals. Default 0.05.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Bootstrap resamples of an interval (BCa). Default 2000.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Labellings drawn for a p-value. Default 9999.</summary>
    public int Permutations { get; init; } = 9999;

    /// <summary>The draws of a control, once chosen.</summary>
    internal int DrawCount => Draws ?? MostDraws;

    /// <summary>The fills of a clip, once chosen.</summary>
    internal int FillCount => FillsPerClip ?? Fills.Count;

    /// <summary>The number of pairs of a share and a fill.</summary>
    internal int Conditions => Fractions.Count * Fills.Count;

    /// <summary>Model runs per clip.</summary>
    internal int RunsPerClip(int methods) => Fractions.Count * FillCount * ((methods * (1 + DrawCount)) + DrawCount);

    /// <summary>The protocol with everything chosen that hangs on the size of the corpus.</summary>
    internal ControlledProtocol For(int clips) => this with
    {
        Draws = Draws ?? Math.Clamp((ManyDraws + clips - 1) / clips, 1, MostDraws),
        FillsPerClip = FillsPerClip ?? (clips <= FewClips ? Fills.Count : 1),
    };

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it, its value and the range.</exception>
    internal void Validate()
    {
        foreach (double fraction in Fractions)
            Guard.Require(fraction is > 0 and < 1, nameof(Fractions), fraction, "above 0 and below 1");
        foreach (FillKind fill in Fills)
            Guard.Require(Enum.IsDefined(fill), nameof(Fills), fill, "a defined fill");
        Guard.Require(Fractions.Count > 0, nameof(Fractions), "empty", "at least one share");
        Guard.Require(Fills.Count > 0, nameof(Fills), "empty", "at least one fill");
        Guard.Require(DrawCount is >= 1 and <= 10_000, nameof(Draws), DrawCount, "1 to 10000");
        Guard.Require(FillCount >= 1 && FillCount <= Fills.Count, nameof(FillsPerClip), FillCount, "1 to the number of fills");
        Guard.Require(Level is > 0 and < 0.5, nameof(Level), Level, "above 0 and below 0.5");
        Guard.Require(Resamples is >= 100 and <= 1_000_000, nameof(Resamples), Resamples, "100 to 1000000");
        Guard.Require(Permutations is >= 99 and <= 10_000_000, nameof(Permutations), Permutations, "99 to 10000000");
    }
}
