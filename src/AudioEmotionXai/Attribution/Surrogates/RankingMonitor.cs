using System.Diagnostics;

namespace AudioEmotionXai.Attribution.Surrogates;

/// <summary>Says when more samples would not change which segments are on top, or when the time is up.</summary>
/// <remarks>
/// Stable means: over three looks in a row the same top segments, and the last of them ahead of the next by more than the
/// standard error of their difference allows for.
/// </remarks>
internal sealed class RankingMonitor(int top, double separation, TimeSpan? deadline)
{
    private const int LooksInARow = 3;
    private readonly long _start = Stopwatch.GetTimestamp();
    private int[] _before = [];
    private int _same;

    /// <summary>Whether the fit's ranking is asked for at all.</summary>
    public bool WatchesRanking => top > 0;

    public bool IsTimeUp => deadline is { } limit && Stopwatch.GetElapsedTime(_start) >= limit;

    /// <summary>Looks at a new fit; true when the ranking has settled.</summary>
    public bool HasSettled(LinearSurrogate model)
    {
        ReadOnlySpan<int> order = model.Order.Span;
        if (order.Length <= top)
            return false;
        int[] now = order[..top].ToArray();
        Array.Sort(now);
        _same = now.AsSpan().SequenceEqual(_before) ? _same + 1 : 1;
        _before = now;
        return _same >= LooksInARow && Lead(model, order[top - 1], order[top]) >= separation;
    }

    /// <summary>How many standard errors lie between two coefficients' magnitudes.</summary>
    private static double Lead(LinearSurrogate model, int last, int next)
    {
        double difference = Math.Abs(model.Coefficients.Span[last]) - Math.Abs(model.Coefficients.Span[next]);
        double error = Math.Sqrt(Math.Pow(model.StandardErrors.Span[last], 2) + Math.Pow(model.StandardErrors.Span[next], 2));
        return error > 0 ? difference / error : double.PositiveInfinity;
    }
}
