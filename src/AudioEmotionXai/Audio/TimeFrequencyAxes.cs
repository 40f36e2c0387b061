namespace AudioEmotionXai;

/// <summary>What the rows and columns of a map stand for: hertz and seconds. Figures and reports take their axes from here.</summary>
public sealed class TimeFrequencyAxes
{
    private readonly double[] _centres;

    private TimeFrequencyAxes(double[] centres, double secondsPerFrame, double firstFrameSeconds, int frames, bool hasHertz = true)
    {
        HasHertz = hasHertz;
        _centres = centres;
        SecondsPerFrame = secondsPerFrame;
        FirstFrameSeconds = firstFrameSeconds;
        Frames = frames;
    }

    /// <summary>The time from one frame to the next, in seconds.</summary>
    public double SecondsPerFrame { get; }

    /// <summary>The centre of the first frame, in seconds from the clip's start: 0 where frames are centred.</summary>
    public double FirstFrameSeconds { get; }

    /// <summary>The number of frames.</summary>
    public int Frames { get; }

    /// <summary>The number of mel bins.</summary>
    public int Bins => _centres.Length;

    /// <summary>Whether rows are frequencies; else they are numbered from 0, such as the coefficients of a cepstrum, and the numbers stand
    /// in place of hertz.</summary>
    public bool HasHertz { get; }

    /// <summary>The centre of each mel bin in Hz, lowest first.</summary>
    public ReadOnlyMemory<double> BinCentres => _centres;

    /// <summary>The axes of the maps made with some options.</summary>
    /// <param name="options">The front end's constants.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TimeFrequencyAxes Of(LogMelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Of(options, new MelFilterBank(options));
    }

    /// <summary>The centre of a frame, in seconds from the clip's start.</summary>
    /// <param name="frame">0 to <see cref="Frames"/> - 1, or a position between.</param>
    public double SecondsOf(double frame) => FirstFrameSeconds + (frame * SecondsPerFrame);

    /// <summary>The centre of a mel bin in Hz.</summary>
    /// <param name="bin">0 to <see cref="Bins"/> - 1.</param>
    public double HertzOf(int bin) => _centres[bin];

    internal TimeFrequencyAxes WithFrames(int frames) => new(_centres, SecondsPerFrame, FirstFrameSeconds, frames, HasHertz);

    internal TimeFrequencyAxes WithoutHertz(int rows) =>
        new([.. Enumerable.Range(0, rows).Select(row => (double)row)], SecondsPerFrame, FirstFrameSeconds, Frames, hasHertz: false);

    internal static TimeFrequencyAxes Of(LogMelOptions options, MelFilterBank filters) => new(
        filters.Centres,
        (double)options.HopLength / options.SampleRate,
        options.Center ? 0 : options.FrameLength / 2.0 / options.SampleRate,
        options.FrameCount);
}
