using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>What a service sees of the library when it listens, and what it pays when it does not.</summary>
public sealed class TelemetryTests
{
    [Test]
    public void LoadingCompilingAndExplainingAreSpansWithTags()
    {
        List<Activity> spans = [];
        using (ActivityListener listener = Listen(spans))
        {
            using AudioClassifier model = TinyModels.Load(TinyModels.Image());
            new GradCam { Layer = "layer2" }.Attribute(model, TinyModels.ImageInput(3));
            model.Predict(TinyModels.ImageInput(2));
        }

        Assert.That(spans.Select(span => span.OperationName), Is.EqualTo(new[] { "load", "attribute gradcam", "compile", "predict", "compile" }));
        Activity explained = spans[1];
        Assert.That(explained.GetTagItem("model"), Is.EqualTo("tiny_image"));
        Assert.That(explained.GetTagItem("method"), Is.EqualTo("gradcam"));
        Assert.That(explained.GetTagItem("items"), Is.EqualTo(3));
        Assert.That(explained.GetTagItem("options"), Does.StartWith("gradcam ").And.Contains("layer=layer2"));
        Assert.That(spans[2].ParentSpanId, Is.EqualTo(explained.SpanId), "compiling belongs to the explanation that asked for it");
        Assert.That(spans[4].ParentSpanId, Is.EqualTo(spans[3].SpanId), "the forward session is made by the first prediction");
        Assert.That(spans[3].GetTagItem("items"), Is.EqualTo(2));
        Assert.That(spans[3].GetTagItem("provider"), Is.EqualTo("Cpu"));
    }

    [Test]
    public void EveryBatchOfAVerificationIsASpan()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        List<Activity> spans = [];
        using (ActivityListener listener = Listen(spans))
            Verification.Run(model, new Corpus(TinyModels.ImageInput(5)), new VerificationOptions { Methods = [new GradCam()], BatchSize = 3, Protocols = VerificationProtocols.Notebook, MetricClipsPerClass = 0, SanityClipsPerClass = 0 }, folder.PathOf("run"));
        Assert.That(spans.Where(span => span.OperationName == "verify-batch").Select(span => span.GetTagItem("items")), Is.EqualTo(new object[] { 3, 2 }));
    }

    [Test]
    public void FailuresAndCancellationsAreMarkedAndCounted()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        using CancellationTokenSource source = new();
        List<Activity> spans = [];
        ConcurrentBag<(string Name, double Value, string Tags)> measured = [];
        using (ActivityListener listener = Listen(spans))
        using (MeterListener meter = Measure(measured))
        {
            Assert.That(() => new GradCam { Layer = "layer9" }.Attribute(model, TinyModels.ImageInput(1)), Throws.ArgumentException);
            StopAtOnce progress = new(source);
            Assert.That(() => new Occlusion { Window = new CellSize(4, 4), Stride = new CellSize(4, 4) }.Attribute(model, TinyModels.ImageInput(2), null, progress, source.Token), Throws.InstanceOf<OperationCanceledException>());
            new GradCam().Attribute(model, TinyModels.ImageInput(2));
        }

        Assert.That(spans.Single(span => span.OperationName == "attribute occlusion").StatusDescription, Is.EqualTo("cancelled"));
        Assert.That(spans.First(span => span.OperationName == "attribute gradcam").GetTagItem("error.type"), Is.EqualTo("System.ArgumentException"));
        Assert.That(measured, Has.One.Matches<(string Name, double Value, string Tags)>(entry => entry.Name == TelemetryNames.Cancelled && entry.Tags == "operation=attribute"));
        Assert.That(measured, Has.One.Matches<(string Name, double Value, string Tags)>(entry => entry.Name == TelemetryNames.Failures && entry.Tags == "operation=attribute error.type=System.ArgumentException"));
        Assert.That(measured, Has.One.Matches<(string Name, double Value, string Tags)>(entry => entry.Name == TelemetryNames.Explanations && entry.Value == 2 && entry.Tags == "method=gradcam"));
        Assert.That(measured, Has.One.Matches<(string Name, double Value, string Tags)>(entry => entry.Name == TelemetryNames.Duration && entry.Tags == "operation=attribute outcome=cancelled method=occlusion"));
    }

    [Test]
    public void ItemsAreCountedByGraph()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        ConcurrentBag<(string Name, double Value, string Tags)> measured = [];
        using (MeterListener meter = Measure(measured))
        {
            new Gradient().Attribute(model, TinyModels.ImageInput(20));
            model.Logits(TinyModels.ImageInput(17));
        }

        double Sum(string tags) => measured.Where(entry => entry.Name == TelemetryNames.ForwardItems && entry.Tags == tags).Sum(entry => entry.Value);
        Assert.That(Sum("graph=explanation"), Is.EqualTo(20));
        Assert.That(Sum("graph=forward"), Is.EqualTo(17));
    }

    [Test]
    public void WhileNobodyListensAnOperationAllocatesNothing()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        for (int i = 0; i < 100; i++)
            Observe(model);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Observe(model);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Observe(AudioClassifier model)
    {
        using Operation operation = model.Observe(TelemetryNames.Predict, 3);
        Instruments.CountItems(3, isExplanation: false);
        Instruments.CountExplanations(3, "gradcam");
        operation.Done();
    }

    private static ActivityListener Listen(List<Activity> spans)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Measure(ConcurrentBag<(string Name, double Value, string Tags)> measured)
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Source)
                    meter.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add((instrument.Name, value, Text(tags))));
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class StopAtOnce(CancellationTokenSource source) : IProgress<AttributionProgress>
    {
        public void Report(AttributionProgress value) => source.Cancel();
    }
}
