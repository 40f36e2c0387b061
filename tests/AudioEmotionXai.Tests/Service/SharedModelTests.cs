namespace AudioEmotionXai.Tests;

/// <summary>One model, many threads: what each gets is what it would have got alone, bit for bit.</summary>
public sealed class SharedModelTests
{
    private const int Threads = 16;

    private static readonly string[] s_methods =
    [
        "gradcam", "gradient", "guided-backprop", "lrp", "lrp rules=epsilon-plus-flat", "integrated-gradients steps=6", "smooth-grad samples=5",
        "lime samples=40 segments=grid:3x4", "kernel-shap samples=40 segments=grid:3x4", "occlusion window=4x5 stride=3x4", "rise samples=20 grid=3x4", "silence samples=5",
    ];

    [Test]
    public void SixteenThreadsGetTheMapsOfOne([ValueSource(nameof(s_methods))] string method)
    {
        using AudioClassifier alone = TinyModels.Load(TinyModels.Image());
        using AudioClassifier shared = TinyModels.Load(TinyModels.Image());
        AssertTheSame(AttributionMethods.Parse(method), alone, shared, TinyModels.ImageInput(Threads, seed: 5));
    }

    [Test]
    public void DifferentMethodsAtOnceDoNotDisturbEachOther()
    {
        using AudioClassifier alone = TinyModels.Load(TinyModels.Image());
        using AudioClassifier shared = TinyModels.Load(TinyModels.Image());
        FloatTensor input = TinyModels.ImageInput(3);
        AttributionMethod[] methods = [.. s_methods.Concat(s_methods).Select(AttributionMethods.Parse)];
        float[][] expected = [.. methods.Select(method => Map(method, alone, input))];
        float[][] found = new float[methods.Length][];
        OnThreads(methods.Length, i => found[i] = Map(methods[i], shared, input));
        Assert.That(found, Is.EqualTo(expected));
    }

    [TestCase("gradcam")]
    [TestCase("gradient")]
    [TestCase("lrp rules=epsilon")]
    [TestCase("lime samples=48")]
    [TestCase("occlusion window=32x47 stride=32x47")]
    [Long]
    public void TheTrainedModelGivesSixteenThreadsTheMapsOfOne(string method)
    {
        // The runtime's own threads, one per core: how a service would run it
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
        AssertTheSame(AttributionMethods.Parse(method), model, model, BundledSamples.Load().Spectrograms.Items(0, Threads));
    }

    private static void AssertTheSame(AttributionMethod method, AudioClassifier alone, AudioClassifier shared, FloatTensor input)
    {
        float[][] expected = [.. Enumerable.Range(0, Threads).Select(i => Map(method, alone, input.Item(i)))];
        float[][] found = new float[Threads][];
        OnThreads(Threads, i => found[i] = Map(method, shared, input.Item(i)));
        Assert.That(found, Is.EqualTo(expected));
    }

    private static float[] Map(AttributionMethod method, AudioClassifier model, FloatTensor input) => method.Attribute(model, input).Map.Span.ToArray();

    /// <summary>Threads of their own that begin together, unlike those of a pool on few cores.</summary>
    private static void OnThreads(int count, Action<int> work)
    {
        using Barrier start = new(count);
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(i);
            }
            catch (Exception caught)
            {
                Interlocked.CompareExchange(ref failure, caught, null);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(failure, Is.Null);
    }
}
