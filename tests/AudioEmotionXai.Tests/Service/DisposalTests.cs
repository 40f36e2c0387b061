using System.Diagnostics;

namespace AudioEmotionXai.Tests;

/// <summary>Disposing a model at the wrong time is an error with a name, never a crash.</summary>
public sealed class DisposalTests
{
    [Test]
    public void AModelDisposedDuringAnExplanationEndsItNormallyAndRefusesTheNext()
    {
        AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(2);
        Occlusion method = new() { Window = new CellSize(4, 5), Stride = new CellSize(4, 5) };
        float[] expected = method.Attribute(model, input).Map.Span.ToArray();
        WhileRunning progress = new(model.Dispose);
        float[] found = method.Attribute(model, input, null, progress).Map.Span.ToArray();
        Assert.That(progress.Reports, Is.GreaterThan(1));
        Assert.That(found, Is.EqualTo(expected));
        Assert.That(() => method.Attribute(model, input), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void AHundredModelsDisposedAtSomeMomentOfLimeEndItWithItsResultAndLeaveNothingBehind()
    {
        // The first hundred grow the process by what the runtime and the allocator keep: after 1,000 it stands
        const int warm = 100, rounds = 100;
        FloatTensor input = TinyModels.ImageInput(1);
        AttributionMethod method = AttributionMethods.Parse("lime samples=100 segments=grid:3x4");
        using AudioClassifier alone = TinyModels.Load(TinyModels.Image());
        WhileRunning counter = new(() => { });
        float[] expected = method.Attribute(alone, input, null, counter).Map.Span.ToArray();
        Random random = new(3);
        long before = 0;
        for (int round = 0; round < warm + rounds; round++)
        {
            if (round == warm)
                before = ResidentBytes();
            AudioClassifier model = TinyModels.Load(TinyModels.Image());
            int moment = random.Next(counter.Reports), wait = random.Next(2000), reports = 0;
            Thread disposal = new(() =>
            {
                Thread.SpinWait(wait);
                model.Dispose();
            });
            WhileRunning progress = new(() =>
            {
                if (reports++ == moment)
                    disposal.Start();
            });
            Assert.That(method.Attribute(model, input, null, progress).Map.Span.ToArray(), Is.EqualTo(expected));
            disposal.Join();
            Assert.That(() => method.Attribute(model, input), Throws.InstanceOf<ObjectDisposedException>());
        }

        long grown = ResidentBytes() - before;
        TestContext.Out.WriteLine($"{rounds} models, {counter.Reports} moments: the process grew by {grown >> 10} KiB");
        Assert.That(grown, Is.LessThan(20 << 20));
    }

    [Test]
    public void AnotherThreadIsRefusedWhileTheLastExplanationEnds()
    {
        AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(1);
        Exception? other = null;
        WhileRunning progress = new(() =>
        {
            model.Dispose();
            Thread thread = new(() => other = Assert.Catch(() => model.Predict(input)));
            thread.Start();
            thread.Join();
        });
        new Gradient().Attribute(model, input, null, progress);
        Assert.That(other, Is.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void EveryWayIntoADisposedModelNamesIt()
    {
        AudioClassifier model = TinyModels.Load(TinyModels.Image());
        new Gradient().Attribute(model, TinyModels.ImageInput(1));
        model.Dispose();
        model.Dispose();
        void Refused(Action use) => Assert.That(use, Throws.TypeOf<ObjectDisposedException>().With.Message.Contains("tiny_image").And.Message.Contains("disposed"));
        Refused(() => model.Predict(TinyModels.ImageInput(1)));
        Refused(() => model.Logits(TinyModels.ImageInput(1)));
        Refused(() => model.Probabilities(TinyModels.ImageInput(1)));
        Refused(() => _ = model.ActualProvider);
        Refused(() => new Lime { Samples = 20 }.Explain(model, TinyModels.ImageInput(1)));
        foreach (MethodDescription method in AttributionMethods.All)
            Refused(() => method.Default.Attribute(model, TinyModels.ImageInput(1)));
    }

    [Test]
    public void RunsAndDisposalsThatRaceEndInAResultOrANamedError()
    {
        int results = 0, refused = 0;
        for (int round = 0; round < 30; round++)
        {
            AudioClassifier model = TinyModels.Load(TinyModels.Image());
            Parallel.For(0, 8, i =>
            {
                try
                {
                    if (i % 4 == round % 4)
                        model.Dispose();
                    else if (i % 2 == 0)
                        new GradCam().Attribute(model, TinyModels.ImageInput(2));
                    else
                        model.Predict(TinyModels.ImageInput(2));
                    Interlocked.Increment(ref results);
                }
                catch (ObjectDisposedException)
                {
                    Interlocked.Increment(ref refused);
                }
            });
            model.Dispose();
        }

        Assert.That(results + refused, Is.EqualTo(30 * 8));
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed class WhileRunning(Action action) : IProgress<AttributionProgress>
    {
        public int Reports { get; private set; }

        public void Report(AttributionProgress value)
        {
            Reports++;
            action();
        }
    }
}
