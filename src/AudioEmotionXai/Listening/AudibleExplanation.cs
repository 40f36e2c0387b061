using AudioEmotionXai.Attribution;
using AudioEmotionXai.Audio;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Listening;

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
    internal AudibleExplanation(ExplainedMap explained, TimeFrequencyMask important, TimeFrequencyMask random, IReadOnlyList<HeardSound> sounds, RoundTrip roundTrip, double gain)
    {
        Map = explained.Map;
        Meaning = explained.Meaning;
        Target = explained.Target;
        ImportantMask = important;
        RandomMask = random;
        Sounds = sounds;
        RoundTrip = roundTrip;
        Gain = gain;
    }

    /// <summary>The map whose important part is heard.</summary>
    public TimeFrequencyMap Map { get; }

    /// <summary>How its values are to be read.</summary>
    public MapMeaning Meaning { get; }

    /// <summary>The class that was explained, as an index into the model's labels.</summary>
    public int Target { get; }

    /// <summary>The cells that are called important.</summary>
    public TimeFrequencyMask ImportantMask { get; }

    /// <summary>The cells of the random part that is played.</summary>
    public TimeFrequencyMask RandomMask { get; }

    /// <summary>One sound of every <see cref="SoundKind"/>, in its order.</summary>
    public IReadOnlyList<HeardSound> Sounds { get; }

    /// <summary>What the model said of them.</summary>
    public RoundTrip RoundTrip { get; }

    /// <summary>By what factor all sounds were turned down so that none clips: 1 where none would.</summary>
    public double Gain { get; }

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
        EmotionModel model,
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
        FrontEndContract frontEnd = RoundTripper.FrontEndOf(model);
        FloatTensor input = frontEnd.Normalize(new LogMelExtractor(frontEnd.Options).Extract(clip).Decibels);
        AttributionResult result = method.Attribute(model, input, target, progress, cancellationToken);
        return Create(model, clip, new ExplainedMap(result.MapOf(0), method.Meaning, result.Targets[0]), options, cancellationToken);
    }

    /// <summary>Makes a map audible that is at hand already.</summary>
    /// <param name="model">A model that carries its front end.</param>
    /// <param name="clip">The recording that the map is about.</param>
    /// <param name="explained">The map.</param>
    /// <param name="options">What counts as important; the defaults where null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The model carries no front end, the map is not of its size, or there is no such class.</exception>
    public static AudibleExplanation Create(EmotionModel model, AudioClip clip, ExplainedMap explained, ListeningOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(explained);
        return new RoundTripper(model, options ?? new ListeningOptions()).Run(clip, explained, cancellationToken);
    }
}
