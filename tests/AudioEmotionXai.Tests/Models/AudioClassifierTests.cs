namespace AudioEmotionXai.Tests;

public sealed class AudioClassifierTests
{
    [Test]
    public void ABatchThatRunsInPartsGivesWhatTheWholeGives()
    {
        FloatTensor input = TinyModels.ImageInput(7);
        using AudioClassifier whole = TinyModels.Load(TinyModels.Image());
        using AudioClassifier parts = AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, LargestBatch = 3 });
        using AudioClassifier single = AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, BatchMemoryBytes = 1 });
        Assert.That(parts.BatchSize, Is.EqualTo(3));
        Assert.That(single.BatchSize, Is.EqualTo(1));
        float[] expected = whole.Logits(input).Span.ToArray();
        Assert.That(parts.Logits(input).Span.ToArray(), Is.EqualTo(expected).Within(1e-5f));
        Assert.That(single.Logits(input).Span.ToArray(), Is.EqualTo(expected).Within(1e-5f));
    }

    [Test]
    public void AFixedBatchIsFilledUpAndCutBack()
    {
        OnnxModel model = TinyModels.Image();
        OnnxValueInfo input = model.Inputs[0];
        model.RemoveInput(input.Name);
        model.AddInput(input with { Shape = [4, 1, TinyModels.Height, TinyModels.Width] });
        using AudioClassifier rigid = TinyModels.Load(model);
        using AudioClassifier free = TinyModels.Load(TinyModels.Image());
        FloatTensor items = TinyModels.ImageInput(6);
        Assert.That(rigid.Logits(items).ToString(), Is.EqualTo("(6, 3)"));
        Assert.That(rigid.Logits(items).Span.ToArray(), Is.EqualTo(free.Logits(items).Span.ToArray()).Within(1e-5f));
        Assert.That(new Gradient().Attribute(rigid, items).Map.Span.ToArray(), Is.EqualTo(new Gradient().Attribute(free, items).Map.Span.ToArray()).Within(1e-5f));
    }

    [Test]
    public void SixteenThreadsGetWhatOneThreadGets()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        FloatTensor[] inputs = [.. Enumerable.Range(0, 16).Select(seed => TinyModels.ImageInput(1, seed: seed))];
        float[][] alone = [.. inputs.Select(input => new GradCam().Attribute(model, input).Map.Span.ToArray())];
        float[][] together = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => together[i] = new GradCam().Attribute(model, inputs[i]).Map.Span.ToArray());
        Assert.That(together, Is.EqualTo(alone));
    }

    [Test]
    public void AProgramIsCompiledOnceForEqualMethods()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        GradCam late = new() { Layer = "layer4" };
        Assert.That(model.Program(late.Program), Is.SameAs(model.Program(new GradCam { Layer = "layer4" }.Program)));
        Assert.That(model.Program(new GradCam().Program), Is.Not.SameAs(model.Program(new GradCam { Layer = "layer2" }.Program)));
    }

    [Test]
    public void AWrongShapeIsRefusedWithBothShapes()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        Assert.That(() => model.Predict(new FloatTensor(1, 1, 12, 17)), Throws.ArgumentException.With.Message.Contains("(1, 1, 12, 17)").And.Message.Contains("(N, 1, 13, 17)"));
    }

    [Test]
    public void ADisposedModelSaysSo()
    {
        AudioClassifier model = TinyModels.Load(TinyModels.Image());
        model.Predict(TinyModels.ImageInput(1));
        model.Dispose();
        model.Dispose();
        Assert.That(() => model.Predict(TinyModels.ImageInput(1)), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void CudaThatIsNotThereIsAnErrorAndNoQuietRunOnTheCpu()
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Provider = ExecutionProvider.Cuda });
        try
        {
            model.Predict(TinyModels.ImageInput(1));
            Assert.That(model.ActualProvider, Is.EqualTo(ExecutionProvider.Cuda));
        }
        catch (DeviceNotAvailableException failure)
        {
            Assert.That(failure.Message, Does.Contain("CUDA"));
        }
    }

    [Test]
    public void LabelsThatAreNotAsManyAsTheClassesAreAnError()
    {
        OnnxModel model = TinyModels.Image();
        model.SetMetadata("labels", """["one","two"]""");
        Assert.That(() => TinyModels.Load(model), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("2 labels").And.Message.Contains("3 classes"));
    }

    [Test]
    public void AFurtherInputThatNothingTellsOfIsRefusedWithTheOption()
    {
        OnnxModel model = TinyModels.Image();
        model.AddInput(new OnnxValueInfo("speaker", OnnxElementType.Int64, ["N"]));
        Assert.That(() => TinyModels.Load(model), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("--feed speaker=VALUE"));
    }

    [Test]
    public void ACancelledTokenStopsARunAndLeavesTheModelUsable()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.That(() => model.Predict(TinyModels.ImageInput(1), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(model.Predict(TinyModels.ImageInput(1)), Has.Length.EqualTo(1));
    }
}
