namespace AudioEmotionXai.Reporting;

/// <summary>What is left of an explanation after its own round trip: cells to sound, sound to a 16-bit WAV file, file to log-mel, and
/// through the model.</summary>
/// <param name="Probability">The explained class's probability for the whole clip.</param>
/// <param name="Important">Its probability for the important part alone.</param>
/// <param name="WithoutImportant">Its probability for the clip without the important part.</param>
/// <param name="WithoutRandom">Its probabilities for the clip without random parts of the same shape, one per draw.</param>
/// <param name="KeepsDecision">Whether the important part alone still has the explained class as the most probable one.</param>
public sealed record RoundTrip(
    double Probability, double Important, double WithoutImportant, IReadOnlyList<double> WithoutRandom, bool KeepsDecision)
{
    /// <summary>By how much the probability falls without the important part; negative where it rises.</summary>
    public double Drop => Probability - WithoutImportant;

    /// <summary>By how much it falls without a random part: the mean over the draws.</summary>
    public double RandomDrop => Probability - WithoutRandom.Average();

    /// <summary>The share of the draws in which the important part was missed more than the random one; a tie counts half.</summary>
    public double BeatenShare => WithoutRandom.Average(random => random > WithoutImportant ? 1 : random == WithoutImportant ? 0.5 : 0);

    /// <summary>
    /// Whether the explanation survives: without the important part the probability falls, and falls by more than without a random part,
    /// both on average and against most of the draws. What the important part does alone (<see cref="KeepsDecision"/>) is told beside it
    /// and not asked for: most of a clip silenced is nothing that a model has met before.
    /// </summary>
    public bool Survives => Drop > 0 && Drop > RandomDrop && BeatenShare > 0.5;
}
