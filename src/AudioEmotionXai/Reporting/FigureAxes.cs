namespace AudioEmotionXai.Reporting;

/// <summary>What a map's rows and columns mean, in hertz and seconds; used by every figure and by the report's read-out under the pointer.</summary>
public sealed class FigureAxes
{
    private readonly double[]? _hertz;

    private FigureAxes(double[]? hertz, int bins, double secondsPerFrame, double firstSecond)
    {
        _hertz = hertz;
        Bins = bins;
        SecondsPerFrame = secondsPerFrame;
        FirstSecond = firstSecond;
    }

    /// <summary>The number of rows.</summary>
    public int Bins { get; }

    /// <summary>Seconds from one column's middle to the next; 1 where the axes are unknown.</summary>
    public double SecondsPerFrame { get; }

    /// <summary>The time of the first column's middle, in seconds.</summary>
    public double FirstSecond { get; }

    /// <summary>Whether rows are hertz and columns are seconds; otherwise both are only numbered.</summary>
    public bool AreKnown => _hertz is not null;

    /// <summary>The middle frequency of each row in Hz, lowest first; empty where unknown.</summary>
    public ReadOnlySpan<double> Hertz => _hertz;

    /// <summary>Axes of known frequencies and times.</summary>
    /// <param name="hertz">The middle frequency of each row, rising.</param>
    /// <param name="secondsPerFrame">Seconds from column to column, above 0.</param>
    /// <param name="firstSecond">The time of the first column's middle.</param>
    /// <exception cref="ArgumentException">The frequencies do not rise.</exception>
    public static FigureAxes Create(ReadOnlySpan<double> hertz, double secondsPerFrame, double firstSecond = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hertz.Length, nameof(hertz));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(secondsPerFrame);
        for (int bin = 1; bin < hertz.Length; bin++)
            if (!(hertz[bin] > hertz[bin - 1]))
                throw new ArgumentException($"The frequency of row {bin} is not above that of row {bin - 1}.", nameof(hertz));
        return new FigureAxes(hertz.ToArray(), hertz.Length, secondsPerFrame, firstSecond);
    }

    /// <summary>Axes that only number rows and columns, for a model without a front-end contract.</summary>
    /// <param name="bins">The number of rows.</param>
    public static FigureAxes Numbered(int bins) => new(null, bins, 1, 0);

    /// <summary>The row, with a fraction, at a frequency in Hz; the frequency must lie between the first and the last row.</summary>
    internal double BinAt(double hertz)
    {
        double[] rows = _hertz ?? throw new InvalidOperationException("These axes have no frequencies.");
        int upper = 1;
        while (upper < rows.Length - 1 && rows[upper] < hertz)
            upper++;
        return rows.Length == 1 ? 0 : upper - 1 + ((hertz - rows[upper - 1]) / (rows[upper] - rows[upper - 1]));
    }
}
