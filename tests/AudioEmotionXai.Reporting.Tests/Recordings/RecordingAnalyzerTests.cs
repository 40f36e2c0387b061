namespace AudioEmotionXai.Reporting.Tests;

public sealed class RecordingAnalyzerTests
{
    // 13 mel bins x 17 frames: what TinyModels.Image takes
    private static readonly LogMelOptions s_front = RecordingModel.FrontEnd;

    [TestCase("gradcam", 4000)]
    [TestCase("lrp", 4000)]
    [TestCase("saliency", 6000)]
    [TestCase("silence", 4000)]
    [TestCase("occlusion window=5x5 stride=5x5", 4000)]
    public void StreamingIsWhatEachWindowInMemoryGives(string text, int rate)
    {
        using AudioClassifier model = RecordingModel.Load();
        AttributionMethod method = AttributionMethods.Parse(text);
        RecordingAnalyzer analyzer = new(model, method, new RecordingOptions { HopSeconds = 0.1, BatchSize = 3, KeepsMaps = true });
        List<RecordingWindow> windows = [.. analyzer.Analyze(Recording(4711, rate))];
        AudioClip whole = Resampler.Resample(WavReader.Read(new NoiseWav(4711, rate), "noise"), s_front.SampleRate);
        Assert.That(windows, Has.Count.EqualTo((int)Math.Ceiling((whole.Samples.Length - 1024) / 400.0) + 1));
        foreach (RecordingWindow window in windows)
        {
            int start = (int)Math.Round(window.Start * 4000);
            Assert.That(start, Is.EqualTo(Math.Min(400 * window.Index, whole.Samples.Length - 1024)));
            FloatTensor input = model.FrontEnd!.Normalize(new LogMelExtractor(s_front).Extract(new AudioClip(whole.Samples.Slice(start, 1024), 4000)).Decibels);
            AttributionResult alone = method.Attribute(model, input);
            Assert.That(window.Prediction.Logits.ToArray(), Is.EqualTo(alone.Predictions[0].Logits.ToArray()).Within(1e-4), "batches and single items round differently");
            Assert.That(window.Target, Is.EqualTo(alone.Targets[0]));
            Assert.That(window.Map!.Span.ToArray(), Is.EqualTo(alone[0].Map.Span.ToArray()).Within(1e-4));
        }
    }

    [TestCase("lrp")]
    [TestCase("gradient")]
    public void AModelOfSamplesHearsWhatTheModelOfSpectrogramsHears(string text)
    {
        using AudioClassifier spectrograms = RecordingModel.Load(), samples = RecordingModel.LoadForSamples();
        AttributionMethod method = AttributionMethods.Parse(text);
        List<RecordingWindow> expected = [.. new RecordingAnalyzer(spectrograms, method).Analyze(Recording(3000, 4000))];
        List<RecordingWindow> found = [.. new RecordingAnalyzer(samples, method, new RecordingOptions { KeepsMaps = true }).Analyze(Recording(3000, 4000))];
        Assert.That(found.Select(window => (window.Start, window.End, window.Target)), Is.EqualTo(expected.Select(window => (window.Start, window.End, window.Target))));
        Assert.That(found.SelectMany(window => window.Prediction.Probabilities.ToArray()), Is.EqualTo(expected.SelectMany(window => window.Prediction.Probabilities.ToArray())).Within(1e-3));
        Assert.That(found.Select(window => window.Relevance.ToArray().Average()), Is.All.EqualTo(1).Within(1e-5));
        Assert.That(found.Select(window => (window.Map!.Bins, window.Map.Frames)), Is.All.EqualTo((13, 17)));
    }

    [Test]
    public void FramesHaveAMeanOfOne()
    {
        using AudioClassifier model = RecordingModel.Load();
        RecordingAnalyzer analyzer = new(model, new Saliency());
        List<RecordingWindow> windows = [.. analyzer.Analyze(Recording(3000, 4000))];
        Assert.That(windows.Select(window => window.Relevance.ToArray().Average()), Is.All.EqualTo(1).Within(1e-5));
        Assert.That(windows.Select(window => window.Relevance.Length), Is.All.EqualTo(16), "the last of the 17 frames begins where the window ends");
        Assert.That(windows[1].Level, Is.Not.Null.And.InRange(-20.0, 0.0));
    }

    [Test]
    public void ARecordingShorterThanAWindowIsOneWindow()
    {
        using AudioClassifier model = RecordingModel.Load();
        List<RecordingWindow> windows = [.. new RecordingAnalyzer(model, new GradCam()).Analyze(Recording(301, 4000))];
        Assert.That(windows, Has.Count.EqualTo(1));
        Assert.That(windows[0].End, Is.EqualTo(301 / 4000.0));
        Assert.That(windows[0].Relevance.Length, Is.EqualTo(5));
        RecordingTimeline timeline = RecordingTimeline.Collect(windows, model.Labels);
        Assert.That(timeline.Count, Is.EqualTo(1));
        Assert.That(timeline.SecondsAt(0), Is.InRange(0, windows[0].End));
    }

    [Test]
    public void CancellingStopsInTheMiddleAndLeavesTheModelUsable()
    {
        using AudioClassifier model = RecordingModel.Load();
        using CancellationTokenSource source = new();
        RecordingAnalyzer analyzer = new(model, new GradCam(), new RecordingOptions { BatchSize = 4 });
        List<RecordingProgress> reports = [];
        Collector progress = new(value =>
        {
            reports.Add(value);
            if (reports.Count == 3)
                source.Cancel();
        });
        int seen = 0;
        Assert.That(() =>
        {
            foreach (RecordingWindow window in analyzer.Analyze(Recording(4_000_000, 4000), progress, source.Token))
                seen++;
        }, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen, Is.InRange(8, 12));
        Assert.That(reports, Has.Count.EqualTo(3));
        Assert.That(reports.Select(report => report.SecondsTotal), Is.All.EqualTo(1000));
        Assert.That(reports.Select(report => report.SecondsDone), Is.Ordered.And.All.LessThan(3));
        Assert.That(analyzer.Analyze(Recording(3000, 4000)).ToList(), Has.Count.EqualTo(5));
    }

    [Test]
    public void MemoryDoesNotGrowWithTheRecording()
    {
        using AudioClassifier model = RecordingModel.Load();
        RecordingAnalyzer analyzer = new(model, new GradCam(), new RecordingOptions { HopSeconds = 0.25 });
        long atFirst = 0, most = 0, count = 0;
        // 10 minutes: 2,400,000 samples of 4 bytes are 9.6 MB, were they held; with their maps and spectrograms 13 MB
        foreach (RecordingWindow window in analyzer.Analyze(Recording(2_400_000, 4000)))
        {
            if (++count % 200 != 0)
                continue;
            long held = GC.GetTotalMemory(forceFullCollection: true);
            atFirst = atFirst == 0 ? held : atFirst;
            most = Math.Max(most, held);
        }

        TestContext.Out.WriteLine($"{count} windows, {atFirst} bytes after 200 of them, at most {most}");
        Assert.That(count, Is.EqualTo(2400).Within(2));
        Assert.That(most - atFirst, Is.LessThan(1_500_000));
    }

    [Test]
    public void WhatDoesNotFitIsRefused()
    {
        using AudioClassifier model = RecordingModel.Load(), deaf = TinyModels.Load(TinyModels.Image());
        Assert.That(() => new RecordingAnalyzer(deaf, new GradCam()), Throws.ArgumentException.With.Message.Contains("does not say how a recording becomes its input"));
        Assert.That(() => new RecordingAnalyzer(model, new GradCam(), new RecordingOptions { HopSeconds = 0.3 }), Throws.ArgumentException.With.Message.Contains("The hop is 0.3 s; expected: at least one sample and at most the model's window of 0.256 s"));
        Assert.That(() => new RecordingOptions { HopSeconds = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new RecordingOptions { BatchSize = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    internal static WavSampleReader Recording(long samples, int rate) => WavSampleReader.Open(new NoiseWav(samples, rate), "noise");

    private sealed class Collector(Action<RecordingProgress> report) : IProgress<RecordingProgress>
    {
        public void Report(RecordingProgress value) => report(value);
    }
}
