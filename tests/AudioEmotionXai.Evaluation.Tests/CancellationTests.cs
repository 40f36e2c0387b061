namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>A cancelled call stops before its work is done, says so, and leaves a model that works.</summary>
public sealed class CancellationTests
{
    [TestCase("lime samples=1000", 1000)]
    [TestCase("kernel-shap samples=1000 segments=grid:3x4", 1000)]
    [TestCase("rise samples=1000", 1000)]
    [TestCase("occlusion window=1x1 stride=1x1", TinyModels.Height * TinyModels.Width)]
    [TestCase("integrated-gradients steps=400", 400)]
    [TestCase("smooth-grad samples=400", 400)]
    [TestCase("gradient", 400)]
    public void AMethodStopsInTheMiddle(string text, int itemsOfTheWhole)
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        AttributionMethod method = AttributionMethods.Parse(text);
        FloatTensor input = TinyModels.ImageInput(text == "gradient" ? itemsOfTheWhole : 1);
        float[] before = new GradCam().Attribute(model, input).Map.Span.ToArray();
        using CancellationTokenSource source = new();
        using ItemsListener listener = new();
        CancelAt progress = new(source, report: 2);
        OperationCanceledException stopped = Assert.Catch<OperationCanceledException>(() => method.Attribute(model, input, ClassTarget.OfIndex(0), progress, source.Token))!;
        Assert.That(stopped.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(listener.Total(), Is.GreaterThan(0).And.LessThan(itemsOfTheWhole / 2));
        Assert.That(new GradCam().Attribute(model, input).Map.Span.ToArray(), Is.EqualTo(before));
    }

    [Test]
    public void AVerificationStopsInTheMiddleOfABatchAndGoesOnLater()
    {
        using TemporaryFolder folder = new();
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        Corpus corpus = new(TinyModels.ImageInput(6));
        VerificationOptions options = new() { Methods = [new GradCam(), new Occlusion { Window = new CellSize(2, 2), Stride = new CellSize(2, 2) }], BatchSize = 3, Protocols = VerificationProtocols.Notebook, MetricClipsPerClass = 0, SanityClipsPerClass = 0 };
        VerificationResult whole = Verification.Run(model, corpus, options, folder.PathOf("whole"))!;
        using CancellationTokenSource source = new();
        using ItemsListener listener = new(items => source.Cancel(), afterItems: 100);
        Assert.That(() => Verification.Run(model, corpus, options, folder.PathOf("cut"), null, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(listener.Total(), Is.LessThan(200));
        VerificationResult resumed = Verification.Run(model, corpus, options, folder.PathOf("cut"))!;
        Assert.That(File.ReadAllText(folder.PathOf("cut/results.csv")), Is.EqualTo(File.ReadAllText(folder.PathOf("whole/results.csv"))));
        Assert.That(resumed.Clips, Is.EqualTo(whole.Clips));
    }

    [Test]
    public void ARunningForwardPassIsEndedFromAnotherThread()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(20_000);
        using CancellationTokenSource source = new();
        using ItemsListener listener = new(items => source.Cancel(), afterItems: 64);
        Assert.That(() => model.Predict(input, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(listener.Total(), Is.LessThan(20_000));
        Assert.That(model.Predict(TinyModels.ImageInput(1)), Has.Length.EqualTo(1));
    }

    private sealed class CancelAt(CancellationTokenSource source, int report) : IProgress<AttributionProgress>
    {
        private int _reports;

        public void Report(AttributionProgress value)
        {
            if (++_reports == report)
                source.Cancel();
        }
    }
}
