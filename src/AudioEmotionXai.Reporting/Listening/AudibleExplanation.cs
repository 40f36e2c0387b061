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
    internal AudibleExplanation()
    {
    }

    /// <summary>The explanation whose important part is heard.</summary>
    public Explanation Explained { get; internal init; } = null!;

    /// <summary>What counted as important.</summary>
    public ListeningOptions Options { get; internal init; } = null!;

    /// <summary>The cells that are called important.</summary>
    public TimeFrequencyMask ImportantMask { get; internal init; } = null!;

    /// <summary>The cells of the random part that is played.</summary>
    public TimeFrequencyMask RandomMask { get; internal init; } = null!;

    /// <summary>One sound of every <see cref="SoundKind"/>, in its order.</summary>
    public IReadOnlyList<HeardSound> Sounds { get; internal init; } = [];

    /// <summary>When, and in which band, the relevance of the important part is high; in the order of time.</summary>
    public IReadOnlyList<RelevantSpan> Spans { get; internal init; } = [];

    /// <summary>What the model said of the sounds.</summary>
    public RoundTrip RoundTrip { get; internal init; } = null!;

    /// <summary>By what factor all sounds were turned down so that none clips: 1 where none would.</summary>
    public double Gain { get; internal init; }

    /// <summary>What the method warned of, and what of the clip is not heard as it is; empty where there is nothing to say.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>How long the sounds are, in seconds: what the model hears of the clip.</summary>
    public double Seconds => this[SoundKind.Clip].Clip.Seconds;

    /// <summary>Whether the explanation survives its round trip, in a sentence with the numbers: how far the probability falls, the rank
    /// among the random parts, the size of the effect, and what the important part alone is heard as.</summary>
    public string Verdict => RoundTripWords.Verdict(this);

    /// <summary>What the important part alone is heard as, in a sentence.</summary>
    public string PartAlone => RoundTripWords.PartAlone(this);

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
        RoundTripper tripper = new(model, options ?? new ListeningOptions(), clip);
        return tripper.Run(clip, method.Explain(model, clip, target, progress, cancellationToken), cancellationToken);
    }

    /// <summary>Makes an explanation audible that is at hand already; <see cref="Explanation.FromMap"/> makes one of any map.</summary>
    /// <param name="model">A model that carries its front end.</param>
    /// <param name="clip">The recording that the map is about.</param>
    /// <param name="explained">The explanation.</param>
    /// <param name="options">What counts as important; the defaults where null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The model carries no front end, the map is not of its size, or there is no such
    /// class.</exception>
    public static AudibleExplanation Create(
        AudioClassifier model, AudioClip clip, Explanation explained, ListeningOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(explained);
        return new RoundTripper(model, options ?? new ListeningOptions(), clip).Run(clip, explained, cancellationToken);
    }
}
