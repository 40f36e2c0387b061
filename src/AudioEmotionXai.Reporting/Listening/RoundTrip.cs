namespace AudioEmotionXai.Reporting;

/// <summary>What is left of an explanation after its own round trip: cells to sound, sound to a 16-bit WAV file, file to log-mel, and
/// through the model.</summary>
/// <remarks>
/// The word "survives" is a test. If a map had nothing to do with what the model hears, its important part would be one more draw of the
/// random parts, and each of them would be as likely to be missed most: among 19 draws it would have rank 1 in one case of 20. E. J. G.
/// Pitman, "Significance tests which may be applied to samples from any populations", J. R. Stat. Soc. Suppl. 4, 119, 1937,
/// doi:10.2307/2984124.
/// </remarks>
/// <param name="Probability">The explained class's probability for the whole clip.</param>
/// <param name="Important">Its probability for the important part alone.</param>
/// <param name="WithoutImportant">Its probability for the clip without the important part.</param>
/// <param name="WithoutRandom">Its probabilities for the clip without random parts of the same shape, one per draw; at least
/// one.</param>
/// <param name="KeepsDecision">Whether the important part alone still has the explained class as the most probable one.</param>
public sealed record RoundTrip(
    double Probability, double Important, double WithoutImportant, IReadOnlyList<double> WithoutRandom, bool KeepsDecision)
{
    /// <summary>How many draws the word "survives" needs: 19, so that rank 1 of 20 is a p of 0.05.</summary>
    public const int LeastDraws = RandomRank.LeastDraws;

    /// <summary>By how much the probability falls without the important part; negative where it rises.</summary>
    public double Drop => Probability - WithoutImportant;

    /// <summary>By how much it falls without a random part: the median over the draws, which is the part that is played; of an even number
    /// of draws the larger of the two middle falls.</summary>
    public double RandomDrop => Probability - WithoutRandom[MedianDraw];

    /// <summary>How much more it falls without the important part than without a random part, as a difference of probabilities: the size of
    /// the effect in points.</summary>
    public double Lead => Drop - RandomDrop;

    /// <summary>The size of the effect in standard deviations of the draws: how far the important part's fall is above the mean of the
    /// random parts' falls (G. V. Glass, Educational Researcher 5, 3, 1976, doi:10.3102/0013189X005010003). Null for one draw, or where all
    /// draws are alike.</summary>
    public double? EffectSize
    {
        get
        {
            double mean = WithoutRandom.Average();
            double squares = WithoutRandom.Sum(random => (random - mean) * (random - mean));
            return squares > 0 ? (mean - WithoutImportant) / Math.Sqrt(squares / (WithoutRandom.Count - 1)) : null;
        }
    }

    /// <summary>The share of the draws in which the important part was missed more than the random one; a tie counts half.</summary>
    public double BeatenShare => WithoutRandom.Average(random => random > WithoutImportant ? 1 : random == WithoutImportant ? 0.5 : 0);

    /// <summary>The important part's place among its random parts, from 1 (missed most) to the number of draws and one; a tie counts
    /// against it.</summary>
    public int Rank => RandomRank.Of(-WithoutImportant, WithoutRandom.Select(random => -random));

    /// <summary>How likely a part that means nothing has this rank or a better one: the rank over the number of draws and one.</summary>
    public double RankP => Rank / (WithoutRandom.Count + 1.0);

    /// <summary>
    /// Whether the explanation survives: without the important part the probability falls, and its rank among the random parts has a p of
    /// 0.05 at most, which is rank 1 of 20 with 19 draws. Null with fewer: no rank could show it. What the important part does alone
    /// (<see cref="KeepsDecision"/>) is told beside it and not asked for: most of a clip silenced is nothing that a model has met before.
    /// </summary>
    public bool? Survives =>
        WithoutRandom.Count < LeastDraws ? null : Drop > 0 && RandomRank.IsRare(Rank, WithoutRandom.Count);

    /// <summary>The draw with the median effect.</summary>
    internal int MedianDraw =>
        WithoutRandom.Index().OrderBy(draw => draw.Item).ThenBy(draw => draw.Index).ElementAt((WithoutRandom.Count - 1) / 2).Index;
}
