namespace AudioEmotionXai.Tests;

/// <summary>Disposing a model at the wrong time is an error with a name, never a crash.</summary>
public sealed class DisposalTests
{
    [Test]
    public void AModelInUseCannotBeDisposedAndGoesOnWorking()
    {
        AudioClassifier model = TinyModels.Load(TinyModels.Image());
        InUse progress = new(() => Assert.That(model.Dispose, Throws.InvalidOperationException.With.Message.Contains("tiny_image").And.Message.Contains("in use")));
        AttributionResult result = new Occlusion { Window = new CellSize(4, 5), Stride = new CellSize(4, 5) }.Attribute(model, TinyModels.ImageInput(2), null, progress);
        Assert.That(progress.Reports, Is.GreaterThan(1));
        Assert.That(result.Map.Shape[0], Is.EqualTo(2));
        model.Dispose();
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
        int results = 0, refusedRuns = 0, refusedDisposals = 0;
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
                    Interlocked.Increment(ref refusedRuns);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refusedDisposals);
                }
            });
            model.Dispose();
        }

        Assert.That(results + refusedRuns + refusedDisposals, Is.EqualTo(30 * 8));
    }

    private sealed class InUse(Action whileRunning) : IProgress<AttributionProgress>
    {
        public int Reports { get; private set; }

        public void Report(AttributionProgress value)
        {
            Reports++;
            whileRunning();
        }
    }
}
