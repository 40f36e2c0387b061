namespace AudioEmotionXai.Reporting.Tests;

public sealed class TimeTicksTests
{
    [TestCase(0.7, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7", "s")]
    [TestCase(60, "00:00 00:10 00:20 00:30 00:40 00:50 01:00", "mm:ss")]
    [TestCase(754.3, "00:00 02:00 04:00 06:00 08:00 10:00 12:00", "mm:ss")]
    [TestCase(3600, "0:00:00 0:10:00 0:20:00 0:30:00 0:40:00 0:50:00 1:00:00", "h:mm:ss")]
    public void TimesAreRound(double end, string expected, string unit)
    {
        double[] ticks = TimeTicks.Of(end, 10);
        Assert.That(string.Join(' ', ticks.Select(tick => TimeTicks.Label(tick, end))), Is.EqualTo(expected));
        Assert.That(TimeTicks.Unit(end), Is.EqualTo(unit));
    }

    [TestCase(1e7)]
    [TestCase(2.0)]
    [TestCase(40 * 86400.0)]
    public void ThereAreNeverTooMany(double end) => Assert.That(TimeTicks.Of(end, 10), Has.Length.InRange(2, 12));
}
