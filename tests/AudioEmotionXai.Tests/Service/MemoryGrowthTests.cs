using System.Diagnostics;

namespace AudioEmotionXai.Tests;

/// <summary>A process that goes on explaining does not grow: neither its heap nor what the runtime holds.</summary>
[Long]
public sealed class MemoryGrowthTests
{
    private const long Bound = 10 << 20;

    [TestCase("gradcam", 10_000)]
    [TestCase("lrp", 10_000)]
    [TestCase("gradient", 10_000)]
    [TestCase("lime samples=50 segments=grid:3x4", 2_000)]
    public void ManyExplanationsDoNotGrowTheProcess(string text, int explanations)
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        AttributionMethod method = AttributionMethods.Parse(text);
        FloatTensor input = TinyModels.ImageInput(1);
        AssertSteady(text, explanations, () => method.Attribute(model, input));
    }

    [TestCase("gradcam", 10_000)]
    [TestCase("lrp", 2_000)]
    public void ManyExplanationsOfTheTrainedModelDoNotGrowTheProcess(string text, int explanations)
    {
        const int batch = 8;
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
        AttributionMethod method = AttributionMethods.Parse(text);
        FloatTensor input = BundledSamples.Load().Spectrograms.Items(0, batch);
        AssertSteady($"trained model, {text}", explanations / batch, () => method.Attribute(model, input));
    }

    [Test]
    public void ManyCancelledExplanationsDoNotGrowTheProcess()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(1);
        Occlusion method = new() { Window = new CellSize(4, 5), Stride = new CellSize(4, 5) };
        AssertSteady("cancelled", 10_000, () =>
        {
            using CancellationTokenSource source = new();
            Assert.Catch<OperationCanceledException>(() => method.Attribute(model, input, null, new CancelAtOnce(source), source.Token));
        });
    }

    [Test]
    public void OneLongLivedTokenDoesNotCollectRegistrations()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        using CancellationTokenSource source = new();
        FloatTensor input = TinyModels.ImageInput(1);
        AssertSteady("one token", 10_000, () => model.Logits(input, source.Token));
    }

    [Test]
    public void ModelsThatAreLoadedAndDisposedLeaveNothing()
    {
        FloatTensor input = TinyModels.ImageInput(1);
        AssertSteady("loaded and disposed", 1_000, () =>
        {
            using AudioClassifier model = TinyModels.Load(TinyModels.Image());
            new GradCam().Attribute(model, input);
        });
    }

    private static void AssertSteady(string what, int count, Action work)
    {
        for (int i = 0; i < Math.Max(20, count / 10); i++)
            work();
        (long process, long heap) before = Settled();
        for (int i = 0; i < count; i++)
            work();
        (long process, long heap) after = Settled();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{what}: {count} times: process {(after.process - before.process) / 1024.0:+0;-0} KiB, heap {(after.heap - before.heap) / 1024.0:+0;-0} KiB"));
        Assert.That(after.process - before.process, Is.LessThan(Bound));
        Assert.That(after.heap - before.heap, Is.LessThan(1 << 20));
    }

    private static (long Process, long Heap) Settled()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using Process process = Process.GetCurrentProcess();
        return (process.WorkingSet64, GC.GetTotalMemory(true));
    }

    private sealed class CancelAtOnce(CancellationTokenSource source) : IProgress<AttributionProgress>
    {
        public void Report(AttributionProgress value) => source.Cancel();
    }
}
