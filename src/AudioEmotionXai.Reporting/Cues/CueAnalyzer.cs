namespace AudioEmotionXai.Reporting;

/// <summary>
/// Measures what is special about the important part of a clip: pitch, level, spectrum, voicing, duration and position, of the part and
/// of the rest. Make it once per front end; safe to use from many threads.
/// </summary>
/// <remarks>
/// A part is cells of mel bins and frames. What belongs to a cell (share of energy, centroid, tilt) is measured over the clip's short-time
/// Fourier transform, weighted by the mask lifted to linear frequencies as <see cref="AudibleMask"/> does it. What belongs to a moment
/// (pitch, voicing, level, duration, position) is weighted by frame: a frame's weight is the share of its cells that are in the part,
/// divided by the largest such share of any frame; a frame reaches halfway to its neighbours, and the rest's weight is one minus it.
/// </remarks>
public sealed class CueAnalyzer
{
    private readonly AudibleMask _audible;
    private readonly TimeFrequencyAxes _axes;
    private readonly double[] _window;

    /// <summary>Prepares the front end's window.</summary>
    /// <param name="frontEnd">The front end whose maps the parts are given on; null for the defaults.</param>
    /// <param name="options">How cues are measured; the defaults where null.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CueAnalyzer(LogMelOptions? frontEnd = null, CueOptions? options = null)
    {
        _audible = new AudibleMask(frontEnd);
        _axes = TimeFrequencyAxes.Of(_audible.Options);
        _window = Stft.CreateWindow(_audible.Options.Window, _audible.Options.FftSize);
        Options = options ?? new CueOptions();
        Options.Validate();
    }

    /// <summary>How cues are measured.</summary>
    public CueOptions Options { get; }

    /// <summary>Measures a part that is made of whole cells, such as <see cref="AudibleExplanation.ImportantMask"/>.</summary>
    /// <param name="clip">The clip; what the model does not hear of it is left out (see <see cref="AudibleMask.Heard"/>).</param>
    /// <param name="important">The important cells; none, or all, is allowed.</param>
    /// <exception cref="ArgumentException">The mask is not of the front end's size.</exception>
    public CueReport Analyze(AudioClip clip, TimeFrequencyMask important)
    {
        ArgumentNullException.ThrowIfNull(important);
        TimeFrequencyMap map = new(important.Bins, important.Frames);
        for (int cell = 0; cell < map.Count; cell++)
            map.Span[cell] = important.Span[cell] ? 1 : 0;
        return Analyze(clip, map);
    }

    /// <summary>Measures a part to which cells belong more or less.</summary>
    /// <param name="clip">The clip; what the model does not hear of it is left out (see <see cref="AudibleMask.Heard"/>).</param>
    /// <param name="important">How much each cell belongs to the part, 0 to 1; what lies outside of that is cut to it.</param>
    /// <exception cref="ArgumentException">The map is not of the front end's size, or has a value that is not a number.</exception>
    public CueReport Analyze(AudioClip clip, TimeFrequencyMap important)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(important);
        _audible.ThrowUnlessFits(important);
        AudioClip heard = _audible.Heard(clip);
        if (heard.Samples.IsEmpty)
            throw new ArgumentException("The clip has no samples: there is nothing to measure.", nameof(clip));
        return new PartMeasurement(heard, important, _audible.Options, _axes, _window, Options).Report();
    }
}
