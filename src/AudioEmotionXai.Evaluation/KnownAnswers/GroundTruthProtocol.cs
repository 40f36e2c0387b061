namespace AudioEmotionXai.Evaluation;

/// <summary>
/// The protocol with known answers: inputs that are put together from rightly heard clips, so that one knows where the evidence for a class
/// lies. No training, no labels of places.
/// </summary>
/// <remarks>
/// Mosaics: half of one clip, then half of a clip of another class; asked about each class, a map should lie in its half (Arias-Duart et
/// al., "Focus! Rating XAI methods and finding biases", 2022, arXiv:2109.15035, with halves of time for their quarters of a picture).
/// Planted events: the loudest stretch of one clip mixed into a clip of another class; asked about the event's class, a map should lie
/// where the event changed the clip. Two maps of each method a mosaic, one an event.
/// </remarks>
public sealed record GroundTruthProtocol
{
    /// <summary>How many mosaics are made at most; every clip stands in one at most. Default 64.</summary>
    public int Mosaics { get; init; } = 64;

    /// <summary>How many events are planted at most; every clip is used once at most. Default 64.</summary>
    public int Events { get; init; } = 64;

    /// <summary>The length of an event as a share of the clip's frames, above 0 and below 1. Default 0.25.</summary>
    public double EventShare { get; init; } = 0.25;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it, its value and the range.</exception>
    internal void Validate()
    {
        Guard.Require(Mosaics is >= 0 and <= 100_000, nameof(Mosaics), Mosaics, "0 to 100000");
        Guard.Require(Events is >= 0 and <= 100_000, nameof(Events), Events, "0 to 100000");
        Guard.Require(EventShare is > 0 and < 1, nameof(EventShare), EventShare, "above 0 and below 1");
    }
}
