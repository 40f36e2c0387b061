namespace AudioEmotionXai.Reporting;

/// <summary>
/// An explanation that one can listen to: the clip's important part, the clip without it, and the clip without a random part of the same
/// shape, each written as a WAV file, read back, and given to the model again.
/// </summary>
/// <remarks>
/// The random part is the important part moved in time and mel and wrapped around the edges of the sounding cells, the control that
/// verification calls shape-matched; several are drawn, and the one with the median effect is played. Nothing is clipped: where a sound's
/// peak would not fit into 16 bits, all sounds, the clip included, are turned down by the same <see cref="Gain"/>, so that they can be
/// compared; otherwise levels are kept.
/// <para>
/// The bundled model's front end measures decibels from the clip's loudest cell: where a part that holds this cell is taken away, all that
/// is left moves up for the model. That is so in its training too, and part of what the round trip shows.
/// </para>
/// </remarks>
public sealed class AudibleExplanation
{
    private const string OnlyWhen =
        "the method says how sensitive the score is to samples: the map tells when, and not at which frequency";

    private readonly HeardParts _parts;

    internal AudibleExplanation(ExplainedMap explained, HeardParts parts)
    {
        Explained = explained;
        _parts = parts;
    }

    /// <summary>The map whose important part is heard, how it is to be read, and whose class it explains.</summary>
    public ExplainedMap Explained { get; }

    /// <summary>What counted as important.</summary>
    public ListeningOptions Options => _parts.Options;

    /// <summary>The label of the class that was explained.</summary>
    public string TargetLabel => _parts.TargetLabel;

    /// <summary>What the map's rows and columns mean.</summary>
    public TimeFrequencyAxes Axes => _parts.Axes;

    /// <summary>The cells that are called important.</summary>
    public TimeFrequencyMask ImportantMask => _parts.Important;

    /// <summary>The cells of the random part that is played.</summary>
    public TimeFrequencyMask RandomMask => _parts.Random;

    /// <summary>One sound of every <see cref="SoundKind"/>, in its order.</summary>
    public IReadOnlyList<HeardSound> Sounds => _parts.Sounds;

    /// <summary>When, and in which band, the relevance of the important part is high; in the order of time.</summary>
    public IReadOnlyList<RelevantSpan> Spans => _parts.Spans;

    /// <summary>What the model said of the sounds.</summary>
    public RoundTrip RoundTrip => _parts.RoundTrip;

    /// <summary>By what factor all sounds were turned down so that none clips: 1 where none would.</summary>
    public double Gain => _parts.Gain;

    /// <summary>How long the sounds are, in seconds: what the model hears of the clip.</summary>
    public double Seconds => this[SoundKind.Clip].Clip.Seconds;

    /// <summary>Whether the explanation survives its round trip, in a sentence with the numbers.</summary>
    public string Verdict => RoundTripWords.Verdict(this);

    /// <summary>What the important part alone is heard as, in a sentence.</summary>
    public string PartAlone => RoundTripWords.PartAlone(this);

    /// <summary>What the method warned of, and what of the clip is not heard as it is; empty where there is nothing to say.</summary>
    public IReadOnlyList<string> Warnings => _parts.Warnings;

    /// <summary>The sound of a kind.</summary>
    /// <param name="kind">Which.</param>
    public HeardSound this[SoundKind kind] => Sounds[(int)kind];

    /// <summary>Explains a clip and makes the explanation audible.</summary>
    /// <param name="model">A model that carries its front end.</param>
    /// <param name="clip">The recording; only what the model hears of it is used (see <see cref="AudibleMask.Heard"/>).</param>
    /// <param name="method">The method that explains.</param>
    /// <param name="target">The class to explain; the predicted one where null.</param>
    /// <param name="options">What counts as important; the defaults where null.</param>
    /// <param name="progress">Told how far the method is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The model carries no front end, or an option does not fit.</exception>
    public static AudibleExplanation Create(
        AudioClassifier model,
        AudioClip clip,
        AttributionMethod method,
        ClassTarget? target = null,
        ListeningOptions? options = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(method);
        RoundTripper.FrontEndOf(model);
        FloatTensor input = model.ToInput(clip);
        AttributionResult result = method.Attribute(model, input, target, progress, cancellationToken);
        return Create(
            model, clip,
            new ExplainedMap(model.MelMapOf(result, input, 0), method.Meaning, result.Targets[0])
            {
                Method = method.ToString(),
                Warnings =
                [
                    .. result.Warnings,
                    .. model.TakesSamples && !WaveformRelevance.GivesShares(method) ? [OnlyWhen] : Array.Empty<string>(),
                ],
            },
            options, cancellationToken);
    }

    /// <summary>Makes a map audible that is at hand already.</summary>
    /// <param name="model">A model that carries its front end.</param>
    /// <param name="clip">The recording that the map is about.</param>
    /// <param name="explained">The map.</param>
    /// <param name="options">What counts as important; the defaults where null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The model carries no front end, the map is not of its size, or there is no such
    /// class.</exception>
    public static AudibleExplanation Create(
        AudioClassifier model, AudioClip clip, ExplainedMap explained, ListeningOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(explained);
        return new RoundTripper(model, options ?? new ListeningOptions()).Run(clip, explained, cancellationToken);
    }
}
