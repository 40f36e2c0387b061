namespace AudioEmotionXai.Cli.Tests;

public sealed class LineDisplayTests
{
    [Test]
    public void AStageIsNamedWhenItBeginsAndThenForEveryTenth()
    {
        using StringWriter error = new();
        int result = new LineDisplay(error).Run(progress =>
        {
            for (int done = 0; done <= 1000; done++)
                progress.Report(new WorkStep("masking", done, 1000));
            progress.Report(new WorkStep("figures", 0, 1));
            progress.Report(new WorkStep("figures", 1, 1));
            return 42;
        });
        string[] lines = error.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.That(result, Is.EqualTo(42));
        Assert.That(lines, Has.Length.EqualTo(11 + 2));
        Assert.That((lines[0], lines[1], lines[^1]), Is.EqualTo(("masking: 0 of 1000", "masking: 100 of 1000", "figures: 1 of 1")));
    }

    [Test]
    public void AFailureOfTheWorkPassesThrough() =>
        Assert.That(() => new LineDisplay(TextWriter.Null).Run<int>(_ => throw new FormatException("broken")), Throws.InstanceOf<FormatException>());

    [Test]
    public void TheBarReturnsWhatTheWorkReturns()
    {
        using StringWriter error = new();
        int result = new BarDisplay(error).Run(progress =>
        {
            progress.Report(new WorkStep("a [stage] with brackets", 1, 2));
            return 7;
        });
        Assert.That(result, Is.EqualTo(7));
    }
}
