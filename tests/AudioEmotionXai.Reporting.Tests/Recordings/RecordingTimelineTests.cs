namespace AudioEmotionXai.Reporting.Tests;

public sealed class RecordingTimelineTests
{
    [TestCase(0.1, 0.03)]
    [TestCase(0.256, 0.05)]
    [TestCase(0.07, 0.5)]
    public void EachStepIsTheWeightedMeanOfTheWindowsOverIt(double hop, double step)
    {
        using AudioClassifier model = RecordingModel.Load();
        RecordingAnalyzer analyzer = new(model, new Saliency(), new RecordingOptions { HopSeconds = hop });
        List<RecordingWindow> windows = [.. analyzer.Analyze(RecordingAnalyzerTests.Recording(5003, 4000))];
        RecordingTimeline timeline = RecordingTimeline.Collect(windows, model.Labels, step);
        Assert.That(timeline.Seconds, Is.EqualTo(5003 / 4000.0));
        Assert.That(timeline.Count, Is.EqualTo((int)Math.Round(timeline.Seconds / step)));
        for (int at = 0; at < timeline.Count; at++)
        {
            double seconds = timeline.SecondsAt(at);
            RecordingWindow[] over = [.. windows.Where(window => window.Start <= seconds && seconds < window.End)];
            double[] weights = [.. over.Select(window => Math.Pow(Math.Sin(Math.PI * (seconds - window.Start) / (window.End - window.Start)), 2))];
            double sum = weights.Sum();
            for (int label = 0; label < 3; label++)
                Assert.That(timeline.ProbabilitiesAt(at).Span[label], Is.EqualTo(over.Zip(weights, (window, weight) => weight / sum * window.Prediction.Probabilities.Span[label]).Sum()).Within(1e-5));
            Assert.That(timeline.Relevance.Span[at], Is.EqualTo(over.Zip(weights, (window, weight) => weight / sum * window.RelevanceAt(seconds)).Sum()).Within(1e-3));
            Assert.That(timeline.ProbabilitiesAt(at).ToArray().Sum(), Is.EqualTo(1).Within(1e-5));
        }
    }

    [Test]
    public void StretchesFollowOneAnotherOverTheWholeRecording()
    {
        using AudioClassifier model = RecordingModel.Load();
        RecordingTimeline timeline = RecordingTimeline.Collect(new RecordingAnalyzer(model, new GradCam()).Analyze(RecordingAnalyzerTests.Recording(60_000, 4000)), model.Labels);
        IReadOnlyList<ClassSegment> segments = timeline.Segments();
        Assert.That(segments[0].Start, Is.Zero);
        Assert.That(segments[^1].End, Is.EqualTo(15));
        for (int i = 1; i < segments.Count; i++)
        {
            Assert.That(segments[i].Start, Is.EqualTo(segments[i - 1].End));
            Assert.That(segments[i].Index, Is.Not.EqualTo(segments[i - 1].Index));
        }

        string[] audacity = LabelText.ToAudacity(segments.Select(segment => segment.ToLabel())).TrimEnd('\n').Split('\n');
        Assert.That(audacity, Has.Length.EqualTo(segments.Count));
        Assert.That(audacity[^1], Does.EndWith($"\t15.000000\t{segments[^1].Label} {Math.Round(100 * segments[^1].Probability)} %"));
        Assert.That(LabelText.ToWebVtt(segments.Select(segment => segment.ToLabel())), Does.StartWith("WEBVTT\n\n1\n00:00:00.000 --> ").And.Contain("--> 00:00:15.000\n"));
    }

    [Test]
    public void NoWindowGivesNoTimeline()
    {
        Assert.That(() => RecordingTimeline.Collect([], ["a"]), Throws.ArgumentException.With.Message.Contains("no window"));
        Assert.That(() => RecordingTimeline.Collect([], ["a"], stepSeconds: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void TheRelevanceOfAFrameIsItsImportanceAgainstTheMean()
    {
        TimeFrequencyMap map = new(new float[] { 1, -5, 3, 9, 0, 2, float.NaN, 9 }, 2, 4);
        Assert.That(FrameRelevance.From(map, MapMeaning.Signed, 3), Is.EqualTo(new[] { 0.5f, 1, 1.5f }), "1, 2 and 3 of a mean of 2; the last frame lies behind the end");
        Assert.That(FrameRelevance.From(map, MapMeaning.Unimportance, 3), Is.EqualTo(new[] { 5f / 14 * 3, 9f / 14 * 3, 0 }).Within(1e-5), "far from the largest value");
        Assert.That(FrameRelevance.From(new TimeFrequencyMap(2, 4), MapMeaning.Positive, 4), Is.All.Zero);
    }
}
