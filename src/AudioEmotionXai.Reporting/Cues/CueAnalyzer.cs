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
/// <para>
/// A difference is told in words where it reaches its threshold and is larger than that of each of 19 random parts of the same shape (rank
/// 1 of 20): a loud part is louder than the rest whatever a model hears, and so would other parts be.
/// </para>
/// </remarks>
public sealed class CueAnalyzer
{
    // What the stream of random numbers is for: part of its key
    private const long ShiftOfCues = 3;

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
        ClipMeasurement clipAtHand = new(heard, _audible.Options, _axes, _window, Options);
        float[] cells = Array.ConvertAll(clipAtHand.Cells.Cut(important), share => Math.Clamp(share, 0, 1));
        (PartCues part, PartCues rest) = clipAtHand.Measure(cells);
        return new CueReport(part, rest, heard.Seconds, Options, Cue.Compare(part, rest, Options, RandomParts(clipAtHand, cells)));
    }

    /// <summary>The same shape elsewhere in the sounding cells, wrapped around their edges, measured; parts that are the important one
    /// again are left out.</summary>
    private (PartCues Important, PartCues Others)[] RandomParts(ClipMeasurement clip, float[] cells)
    {
        const int tries = 8;
        InputGrid grid = new(1, clip.Cells.Bins, clip.Cells.Frames);
        IEnumerable<float[]> parts = MaskShift.Draw(grid, tries * Options.Draws, new KeyedRandom(Options.Seed, ShiftOfCues))
            .Select(shift => MaskShift.Apply<float>(cells, grid, shift))
            .Where(part => !part.AsSpan().SequenceEqual(cells))
            .Take(Options.Draws);
        return [.. parts.Select(part => clip.Measure(part))];
    }
}
