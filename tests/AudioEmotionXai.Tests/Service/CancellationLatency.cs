using System.Diagnostics;
using AudioEmotionXai.Attribution;
using AudioEmotionXai.Evaluation;
using AudioEmotionXai.Evaluation.Runs;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Tests.Service;

/// <summary>How long a cancelled call of the trained model still takes: printed, not judged, since it is the machine's time too.</summary>
[Category("Long")]
public sealed class CancellationLatency
{
    private const int Rounds = 20;
    private static readonly BundledSamples s_samples = BundledSamples.Load();

    [TestCase("lime samples=1000")]
    [TestCase("integrated-gradients steps=200")]
    [TestCase("occlusion window=8x8 stride=4x4")]
    [TestCase("lrp rules=epsilon-plus-flat")]
    [TestCase("kernel-shap samples=1000")]
    [TestCase("silence samples=3000")]
    public void OfAMethod(string text)
    {
        AttributionMethod method = AttributionMethods.Parse(text);
        Measure(text, new EmotionModelOptions { Provider = ExecutionProvider.Cpu }, (model, token) =>
        {
            while (true)
                method.Attribute(model, s_samples.Spectrograms, null, null, token);
        });
    }

    [TestCase(16)]
    [TestCase(128)]
    public void OfOneForwardPass(int items)
    {
        FloatTensor input = new(items, 1, 128, 141);
        for (int i = 0; i < items; i++)
            s_samples.Spectrograms.Item(i % s_samples.Count).Span.CopyTo(input.Item(i).Span);
        Measure($"one forward pass of {items}", new EmotionModelOptions { Provider = ExecutionProvider.Cpu, LargestBatch = items, BatchMemoryBytes = 4L << 30 }, (model, token) =>
        {
            while (true)
                model.Predict(input, token);
        });
    }

    [Test]
    public void OfAVerification()
    {
        using TemporaryFolder folder = new();
        int round = 0;
        VerificationOptions options = new() { Methods = [new GradCam(), new Lrp()] };
        Corpus corpus = new(s_samples.Spectrograms, s_samples.Names, s_samples.Labels);
        Measure("verification", new EmotionModelOptions { Provider = ExecutionProvider.Cpu }, (model, token) =>
        {
            while (true)
                VerificationRun.Execute(model, corpus, options, folder.PathOf($"run{round++}"), null, token);
        });
    }

    private static void Measure(string what, EmotionModelOptions options, Action<EmotionModel, CancellationToken> work)
    {
        using EmotionModel model = EmotionModel.Load(BundledModel.Path, options);
        float[] before = new GradCam().Attribute(model, s_samples.Spectrograms.Item(0)).Map.Span.ToArray();
        model.Predict(s_samples.Spectrograms.Item(0));
        Random random = new(1);
        List<double> delays = [];
        for (int round = 0; round < Rounds; round++)
            delays.Add(Delay(model, work, 100 + random.Next(900)));
        delays.Sort();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{what}: cancelled {Rounds} times; median {delays[Rounds / 2]:F0} ms, 90 % {delays[Rounds * 9 / 10]:F0} ms, most {delays[^1]:F0} ms"));
        Assert.That(new GradCam().Attribute(model, s_samples.Spectrograms.Item(0)).Map.Span.ToArray(), Is.EqualTo(before), "the model stays usable");
    }

    private static double Delay(EmotionModel model, Action<EmotionModel, CancellationToken> work, int milliseconds)
    {
        using CancellationTokenSource source = new();
        long ended = 0;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                work(model, source.Token);
            }
            catch (Exception caught)
            {
                ended = Stopwatch.GetTimestamp();
                failure = caught;
            }
        });
        thread.Start();
        Thread.Sleep(milliseconds);
        long cancelled = Stopwatch.GetTimestamp();
        source.Cancel();
        thread.Join();
        Assert.That(failure, Is.InstanceOf<OperationCanceledException>());
        return Stopwatch.GetElapsedTime(cancelled, ended).TotalMilliseconds;
    }
}
