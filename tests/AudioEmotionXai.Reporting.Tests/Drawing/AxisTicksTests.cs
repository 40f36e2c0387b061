namespace AudioEmotionXai.Reporting.Tests;

public sealed class AxisTicksTests
{
    [Test]
    public void TicksAreRoundNumbersInsideTheRange() =>
        Assert.That(AxisTicks.Linear(-0.13, 0.92, 5), Is.EqualTo(new[] { 0, 0.2, 0.4, 0.6, 0.8 }).Within(1e-12));

    [Test]
    public void AnEmptyRangeHasOneTick() => Assert.That(AxisTicks.Linear(2, 2, 5), Is.EqualTo(new[] { 2.0 }));

    [TestCase(0, "0")]
    [TestCase(-0.25, "\u22120.25")]
    [TestCase(1234.6, "1230")]
    [TestCase(0.00001234, "1.23e\u22125")]
    public void NumbersAreWrittenShortAndInvariant(double value, string text) => Assert.That(AxisTicks.Label(value), Is.EqualTo(text));

    [TestCase(250, "250 Hz")]
    [TestCase(4000, "4 kHz")]
    public void FrequenciesCarryTheirUnit(double value, string text) => Assert.That(AxisTicks.HertzLabel(value), Is.EqualTo(text));
}
