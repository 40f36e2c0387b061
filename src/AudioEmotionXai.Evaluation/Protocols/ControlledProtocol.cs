namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The default protocol of verification: every method masks the same share of cells, and is compared, clip by clip, with as many
/// scattered cells, with its own area moved within the sound, and with cells that are as loud.
/// </summary>
/// <remarks>
/// A draw is one random order of cells (scattered, equally loud) or one move in time and frequency (shape-matched), used for all shares and
/// fills alike. Beside the methods stand references: the clip's loudness as a map, and each method on networks with random weights. A clip
/// costs fractions x fills per clip x ((methods + 1) x (1 + 2 draws) + draws + methods that use the model + methods with a signed map) runs
/// of the model.
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

    /// <summary>Which cells of a signed map come first. Default: the largest values, evidence for the class. The other order is measured
    /// too, without controls, and the table says whether it would change who leads.</summary>
    public SignedMapOrder SignedMaps { get; init; }

    /// <summary>Whether each method is also asked on networks with random weights, as a reference: as many explanations again. Default
    /// true.</summary>
    public bool RandomNetworks { get; init; } = true;

    /// <summary>The level of significance after Holm's correction, and one minus the coverage of intervals. Default 0.05.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Bootstrap resamples of an interval and its test, where there are fewer than 50 clips (Student's t from there on, and for
    /// groups).
    /// Default 9999.</summary>
    public int Resamples { get; init; } = 9999;

    /// <summary>The draws of a control, once chosen.</summary>
    internal int DrawCount => Draws ?? MostDraws;

    /// <summary>The fills of a clip, once chosen.</summary>
    internal int FillCount => FillsPerClip ?? Fills.Count;

    /// <summary>The number of pairs of a share and a fill.</summary>
    internal int Conditions => Fractions.Count * Fills.Count;

    /// <summary>The order of signed maps that was not chosen.</summary>
    internal SignedMapOrder OtherOrder =>
        SignedMaps == SignedMapOrder.Evidence ? SignedMapOrder.Magnitude : SignedMapOrder.Evidence;

    /// <summary>Where the drops of a clip lie.</summary>
    /// <param name="rows">The rows of the table.</param>
    /// <param name="controlled">How many of them have controls of their own.</param>
    internal DropLayout LayoutOf(int rows, int controlled) => new(rows, controlled, DrawCount, Conditions);

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
        Guard.Require(Enum.IsDefined(SignedMaps), nameof(SignedMaps), SignedMaps, "a defined order");
        Guard.Require(Resamples is >= 100 and <= 1_000_000, nameof(Resamples), Resamples, "100 to 1000000");
    }
}
