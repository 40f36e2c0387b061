namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Relevant spans, and the label files made of them.</summary>
public sealed class SpanTests
{
    // 20 ms a frame, so that two frames are the longest gap and the shortest span.
    private static readonly LogMelOptions s_options = new() { SampleRate = 8000, Seconds = 1, FftSize = 256, HopLength = 160, MelBins = 11, MaximumFrequency = 4000 };
    private static readonly SoundingCells s_grid = new(11, 47, s_options.FrameCount);

    private static readonly RelevantSpan[] s_spans = [new(0.05, 0.2504, 0.345, 300, 1200.4), new(3723.9996, 3725, 0.001, 0, 4000)];

    [Test]
    public void TwoPatchesAreTwoSpansWithTheirSharesAndBands()
    {
        (float[] weights, bool[] important) = Cells((3, 5, 10, 14, 2f), (7, 8, 30, 39, 1f));
        weights[0] = 50; // Relevant, but not among the important cells: it counts in the whole alone.
        IReadOnlyList<RelevantSpan> spans = Find(weights, important);
        double total = 50 + (2 * 3 * 5) + (2 * 10);
        ReadOnlySpan<double> centres = TimeFrequencyAxes.Of(s_options).BinCentres.Span;
        Assert.That(spans, Has.Count.EqualTo(2));
        Assert.That((spans[0].Start, spans[0].End), Is.EqualTo((9.5 * 0.02, 14.5 * 0.02)).Using<(double, double)>(Near));
        Assert.That((spans[1].Start, spans[1].End), Is.EqualTo((29.5 * 0.02, 39.5 * 0.02)).Using<(double, double)>(Near));
        Assert.That((spans[0].Share, spans[1].Share), Is.EqualTo((30 / total, 20 / total)).Using<(double, double)>(Near));
        Assert.That((spans[0].LowHertz, spans[0].HighHertz), Is.EqualTo(((centres[2] + centres[3]) / 2, (centres[5] + centres[6]) / 2)).Using<(double, double)>(Near));
    }

    [Test]
    public void AShortPauseIsBridgedAndALongerOneIsNot()
    {
        (float[] weights, bool[] important) = Cells((3, 5, 10, 14, 1f), (3, 5, 17, 20, 1f), (3, 5, 24, 27, 1f));
        Assert.That(Find(weights, important).Select(span => Math.Round(span.Start / 0.02, 3)), Is.EqualTo([9.5, 23.5]));
    }

    [Test]
    public void ALoneFrameIsNoSpanBesideALongerOneButOneByItself()
    {
        (float[] weights, bool[] both) = Cells((3, 5, 10, 14, 1f), (3, 5, 30, 30, 1f));
        Assert.That(Find(weights, both), Has.Count.EqualTo(1));
        (weights, bool[] alone) = Cells((3, 5, 30, 30, 1f));
        Assert.That(Find(weights, alone), Has.Count.EqualTo(1));
    }

    [Test]
    public void AMapOfZerosHasNoSpanAndAnEvenOneIsASingleSpanWithinTheClip()
    {
        Assert.That(Find(new float[s_grid.Bins * s_grid.Frames], new bool[s_grid.Bins * s_grid.Frames]), Is.Empty);
        (float[] weights, bool[] important) = Cells((0, 10, 0, 46, 0.1f));
        RelevantSpan span = Find(weights, important).Single();
        Assert.That((span.Start, span.End, span.Share, span.LowHertz, span.HighHertz), Is.EqualTo((0.0, 0.93, 1.0, 0.0, 4000.0)).Using<(double, double, double, double, double)>((a, b) =>
            Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) + Math.Abs(a.Item4 - b.Item4) + Math.Abs(a.Item5 - b.Item5) < 1e-6));
    }

    [Test]
    public void AudacityReadsThreeColumnsBetweenTabs() => Assert.That(
        LabelText.ToAudacity(s_spans.Select(span => TimeLabel.From(span, "an\tger"))),
        Is.EqualTo("0.050000\t0.250400\tan ger: 34.5 % of the relevance, 300 to 1200 Hz\n3723.999600\t3725.000000\tan ger: 0.1 % of the relevance, 0 to 4000 Hz\n"));

    [Test]
    public void WebVttHasACueForEachSpanWithItsTextEscaped() => Assert.That(
        LabelText.ToWebVtt(s_spans.Select(span => TimeLabel.From(span, "fear & <joy>"))),
        Is.EqualTo("WEBVTT\n\n1\n00:00:00.050 --> 00:00:00.250\nfear &amp; &lt;joy&gt;: 34.5 % of the relevance, 300 to 1200 Hz\n\n2\n01:02:04.000 --> 01:02:05.000\nfear &amp; &lt;joy&gt;: 0.1 % of the relevance, 0 to 4000 Hz\n"));

    private static bool Near((double A, double B) left, (double A, double B) right) => Math.Abs(left.A - right.A) < 1e-6 && Math.Abs(left.B - right.B) < 1e-6;

    private static IReadOnlyList<RelevantSpan> Find(float[] weights, bool[] important) => new SpanFinder(s_grid, s_options, seconds: 0.93).Find(weights, important);

    private static (float[] Weights, bool[] Important) Cells(params (int Low, int High, int First, int Last, float Value)[] patches)
    {
        float[] weights = new float[s_grid.Bins * s_grid.Frames];
        bool[] important = new bool[weights.Length];
        foreach ((int low, int high, int first, int last, float value) in patches)
            for (int bin = low; bin <= high; bin++)
                for (int frame = first; frame <= last; frame++)
                    (weights[(bin * s_grid.Frames) + frame], important[(bin * s_grid.Frames) + frame]) = (value, true);
        return (weights, important);
    }
}
