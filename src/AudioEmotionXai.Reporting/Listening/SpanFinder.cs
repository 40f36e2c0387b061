using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>A stretch of time in which the relevance of a clip's important part is high.</summary>
/// <param name="Start">Where it begins, in seconds from the clip's start.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Share">The relevance of its important cells as a share of the whole map's, 0 to 1.</param>
/// <param name="LowHertz">Below this frequency lie 5 % of that relevance.</param>
/// <param name="HighHertz">Above this frequency lie 5 % of it.</param>
public sealed record RelevantSpan(double Start, double End, double Share, double LowHertz, double HighHertz)
{
    /// <summary>The span as a label: what the relevance is for, its share, and its frequencies.</summary>
    /// <param name="subject">What the relevance is for, such as the explained class.</param>
    public TimeLabel ToLabel(string subject) =>
        new(
            Start,
            End,
            string.Create(
                CultureInfo.InvariantCulture, $"{subject}: {100 * Share:0.0} % of the relevance, {LowHertz:0} to {HighHertz:0} Hz"));
}

/// <summary>
/// Finds the stretches of time in which the important part's relevance is high: frames that carry at least an even share of it, joined over
/// pauses of up to <see cref="LongestGap"/> seconds; a stretch shorter than <see cref="ShortestSpan"/> is left out, unless nothing else is
/// there.
/// </summary>
internal sealed class SpanFinder(SoundingGrid grid, LogMelOptions options, double seconds)
{
    public const double LongestGap = 0.05;
    public const double ShortestSpan = 0.04;

    // Equal shares must count as even ones, whatever their sum rounds to.
    private const double Tolerance = 1e-9;
    private const double Tail = 0.05;

    private readonly TimeFrequencyAxes _axes = TimeFrequencyAxes.Of(options);

    /// <summary>Finds them.</summary>
    /// <param name="weights">How much each sounding cell weighs, never negative.</param>
    /// <param name="important">The cells of the important part.</param>
    public IReadOnlyList<RelevantSpan> Find(ReadOnlySpan<float> weights, ReadOnlySpan<bool> important)
    {
        double total = 0;
        double[] profile = new double[grid.Frames];
        for (int cell = 0; cell < weights.Length; cell++)
        {
            total += weights[cell];
            if (important[cell])
                profile[cell % grid.Frames] += weights[cell];
        }

        if (profile.Sum() <= 0)
            return [];
        List<RelevantSpan> spans = [];
        foreach ((int first, int last) in Stretches(profile))
            spans.Add(Measure(weights, important, first, last, total));
        List<RelevantSpan> lasting = spans.FindAll(span => span.End - span.Start >= ShortestSpan);
        return lasting.Count > 0 ? lasting : spans;
    }

    private List<(int First, int Last)> Stretches(double[] profile)
    {
        double even = profile.Sum() / profile.Length * (1 - Tolerance);
        int gap = (int)(LongestGap / _axes.SecondsPerFrame);
        List<(int First, int Last)> stretches = [];
        for (int frame = 0; frame < profile.Length; frame++)
        {
            if (profile[frame] < even)
                continue;
            if (stretches.Count > 0 && frame - stretches[^1].Last <= gap + 1)
                stretches[^1] = (stretches[^1].First, frame);
            else
                stretches.Add((frame, frame));
        }

        return stretches;
    }

    private RelevantSpan Measure(ReadOnlySpan<float> weights, ReadOnlySpan<bool> important, int first, int last, double total)
    {
        double[] bins = new double[grid.Bins];
        for (int bin = 0; bin < grid.Bins; bin++)
            for (int frame = first; frame <= last; frame++)
                if (important[(bin * grid.Frames) + frame])
                    bins[bin] += weights[(bin * grid.Frames) + frame];
        double start = Math.Max(0, _axes.SecondsOf(first - 0.5)), end = Math.Min(seconds, _axes.SecondsOf(last + 0.5));
        (int low, int high) = Band(bins);
        return new RelevantSpan(start, end, bins.Sum() / total, EdgeBelow(low), EdgeBelow(high + 1));
    }

    private static (int Low, int High) Band(double[] bins)
    {
        double sum = bins.Sum();
        int low = 0, high = bins.Length - 1;
        for (double below = bins[0]; below < Tail * sum && low < high; below += bins[low])
            low++;
        for (double above = bins[^1]; above < Tail * sum && high > low; above += bins[high])
            high--;
        return (low, high);
    }

    /// <summary>Half-way between a bin's centre and the one below it.</summary>
    private double EdgeBelow(int bin)
    {
        if (bin == 0)
            return options.MinimumFrequency;
        return bin == grid.Bins ? options.MaximumFrequency : (_axes.HertzOf(bin - 1) + _axes.HertzOf(bin)) / 2;
    }
}
