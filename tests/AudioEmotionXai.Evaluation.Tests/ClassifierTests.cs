namespace AudioEmotionXai.Evaluation.Tests;

public sealed class ClassifierTests
{
    [Test]
    public void VerificationCollectsNoMoreCopiesThanTheBoundAllows()
    {
        AudioClassifierOptions options = new() { Provider = ExecutionProvider.Cpu, Threads = 1, BatchMemoryBytes = 80 << 10 };
        using AudioClassifier tight = AudioClassifier.FromOnnx(TinyModels.Image(), options);
        Assert.That(tight.BatchSize, Is.LessThan(16));
        Assert.That(Classifier.Of(tight).ItemsAtOnce, Is.EqualTo(tight.BatchSize));
    }
}
