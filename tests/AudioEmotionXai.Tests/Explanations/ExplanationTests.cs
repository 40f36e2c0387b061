namespace AudioEmotionXai.Tests;

/// <summary>The first calls of a user: one clip in, a prediction or an explanation out.</summary>
public sealed class ExplanationTests
{
    private AudioClassifier _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = BandModel.Load();

    [OneTimeTearDown]
    public void Unload() => _model.Dispose();

    [Test]
    public void AClipIsTheSameFromAPathAStreamBytesSamplesAndATensor()
    {
        using TemporaryFolder folder = new();
        AudioClip clip = BandModel.Clip();
        WavWriter.Write(folder.PathOf("clip.wav"), clip, WavEncoding.Float32);
        byte[] bytes = File.ReadAllBytes(folder.PathOf("clip.wav"));
        FloatTensor input = _model.ToInput(clip);
        NpyFile.Write(folder.PathOf("clip.npy"), input);
        using MemoryStream stream = new(bytes);
        ClipSource[] sources = [folder.PathOf("clip.wav"), stream, bytes, clip, input, folder.PathOf("clip.npy")];
        float expected = _model.Predict(input)[0].Probability;
        Assert.That(sources.Select(source => source.Prepare(_model).Input.Span.ToArray()), Has.All.EqualTo(input.Span.ToArray()));
        Assert.That(_model.Predict(folder.PathOf("clip.wav")).Probability, Is.EqualTo(expected));
        Assert.That(new Gradient().Explain(_model, clip).Prediction.Probability, Is.EqualTo(expected));
    }

    [Test]
    public void AProbabilityIsAskedForByItsLabel()
    {
        Prediction heard = _model.Predict(BandModel.Clip());
        Assert.That(heard.Label, Is.EqualTo("call"));
        Assert.That(heard["call"], Is.EqualTo(heard.Probability));
        Assert.That(heard["Rest"], Is.EqualTo(heard.Probabilities.Span[1]), "case does not count where there is no doubt");
        Assert.That(() => heard["joy"], Throws.ArgumentException.With.Message.Contains("There is no class 'joy'").And.Message.Contains("call, rest"));
    }

    [Test]
    public void WhatOfALongClipIsNotHeardIsAWarning()
    {
        AudioClip clip = BandModel.Clip(seconds: 1.5);
        Assert.That(_model.Predict(clip).Warnings, Is.EqualTo(["the clip is 1.50 s long; the model hears its first 1.00 s"]));
        Explanation why = new Gradient().Explain(_model, clip);
        Assert.That(why.Warnings, Is.EqualTo(["the clip is 1.50 s long; the model hears its first 1.00 s"]));
        Assert.That(why.Seconds, Is.EqualTo(1));
        Assert.That(_model.Predict(BandModel.Clip()).Warnings, Is.Empty);
    }

    [Test]
    public void TheTopSpanIsThePatchThatTheModelHears()
    {
        Explanation why = new Gradient().Explain(_model, BandModel.Clip());
        RelevantSpan span = why.TopSpans(3).Single();
        Assert.That(span.Start, Is.EqualTo(19.5 * 0.016).Within(1e-9));
        Assert.That(span.End, Is.EqualTo(31.5 * 0.016).Within(1e-9));
        Assert.That(span.Share, Is.EqualTo(1).Within(1e-6));
        double[] centres = why.Axes!.BinCentres.ToArray();
        Assert.That(span.LowHertz, Is.EqualTo((centres[4] + centres[5]) / 2).Within(1e-9));
        Assert.That(span.HighHertz, Is.EqualTo((centres[8] + centres[9]) / 2).Within(1e-9));
    }

    [Test]
    public void TopSpansAreTheLargestFirstAndNoMoreThanAskedFor()
    {
        TimeFrequencyMap map = BandModel.Patch();
        for (int bin = 10; bin < 14; bin++)
            map.Row(bin).Slice(40, 12).Fill(3);
        Explanation why = Explanation.FromMap(_model, BandModel.Clip(), map, MapMeaning.Positive, origin: "elsewhere");
        Assert.That(why.TopSpans(5).Select(span => Math.Round(span.Share, 6)), Is.EqualTo([0.75, 0.25]));
        Assert.That(why.TopSpans(1).Single().Start, Is.EqualTo(39.5 * 0.016).Within(1e-9));
        Assert.That((why.Origin, why.Method), Is.EqualTo(("elsewhere", (AttributionMethod?)null)));
        Assert.That(() => why.TopSpans(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => why.TopSpans(1, 1.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void EvidenceAgainstTheClassIsInNoSpan()
    {
        TimeFrequencyMap map = BandModel.Patch();
        for (int bin = 10; bin < 14; bin++)
            map.Row(bin).Slice(40, 12).Fill(-3);
        Explanation why = Explanation.FromMap(_model, BandModel.Clip(), map, MapMeaning.Signed);
        Assert.That(why.TopSpans(5).Single().Start, Is.EqualTo(19.5 * 0.016).Within(1e-9));
    }

    [Test]
    public void AModelWithoutAFrontEndHasNoSpansAndSaysWhy()
    {
        using AudioClassifier bare = TinyModels.Load(TinyModels.Image());
        Explanation why = new Gradient().Explain(bare, TinyModels.ImageInput(1));
        Assert.That(why.Axes, Is.Null);
        Assert.That(() => why.TopSpans(1), Throws.InvalidOperationException.With.Message.Contains("hertz and seconds"));
        Assert.That(
            () => bare.Predict(BandModel.Clip()),
            Throws.ArgumentException.With.Message.Contains("does not say how a recording becomes its input"));
    }

    [Test]
    public void ABatchGivesAnExplanationForEachClip()
    {
        using AudioClassifier bare = TinyModels.Load(TinyModels.Image(channels: 2));
        FloatTensor input = TinyModels.ImageInput(3, channels: 2);
        AttributionResult result = new InputXGradient().Attribute(bare, input);
        Assert.That(result, Has.Count.EqualTo(3));
        for (int item = 0; item < 3; item++)
        {
            Explanation one = result[item];
            float[] first = one.Values.Span[..one.Map.Count].ToArray(), second = one.Values.Span[one.Map.Count..].ToArray();
            Assert.That(one.Map.Span.ToArray(), Is.EqualTo(first.Zip(second, (a, b) => a + b)), "channels are added up");
            Assert.That(one.Target.Index, Is.EqualTo(result.Predictions[item].Index));
            Assert.That(one.Target.Label, Is.EqualTo(bare.Labels[one.Target.Index]));
            Assert.That(one.Values.Span.ToArray(), Is.EqualTo(result.Map.Item(item).Span.ToArray()));
        }

        Assert.That(result.Select(one => one.Prediction), Is.EqualTo(result.Predictions));
        Assert.That(() => result[3], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new Gradient().Explain(bare, input), Throws.ArgumentException.With.Message.Contains("holds 3 clips; one was expected"));
    }

    [Test]
    public void AModelLoadsFromAStreamAndFromBytesAsFromItsFile()
    {
        byte[] bytes = BandModel.Graph().ToBytes();
        using AudioClassifier fromBytes = AudioClassifier.Load(bytes);
        using MemoryStream stream = new(bytes);
        using AudioClassifier fromStream = AudioClassifier.Load(stream, name: "band.onnx");
        float expected = _model.Predict(BandModel.Clip()).Probability;
        Assert.That(fromBytes.Predict(BandModel.Clip()).Probability, Is.EqualTo(expected));
        Assert.That(fromStream.Predict(BandModel.Clip()).Probability, Is.EqualTo(expected));
        Assert.That(fromStream.Name, Is.EqualTo("band.onnx"));
        Assert.That(() => AudioClassifier.Load(new byte[] { 1, 2, 3 }), Throws.InstanceOf<ModelFormatException>());
    }

    [Test]
    public void AfterWarmUpNoSessionIsMade()
    {
        using AudioClassifier model = BandModel.Load();
        model.WarmUp(new Gradient(), new Lime());
        using SpanCounter spans = new("compile");
        new Gradient().Explain(model, BandModel.Clip());
        Assert.That(spans.Count, Is.Zero);
        new InputXGradient().Explain(model, BandModel.Clip());
        Assert.That(spans.Count, Is.EqualTo(1), "the counter counts");
    }

    [Test]
    public void TensorsOfOneShapeStackToABatch()
    {
        FloatTensor first = new(new float[] { 1, 2, 3 }, 1, 3), both = new(new float[] { 4, 5, 6, 7, 8, 9 }, 2, 3);
        FloatTensor batch = FloatTensor.Stack(first, both);
        Assert.That(batch.Shape.ToArray(), Is.EqualTo([3, 3]));
        Assert.That(batch.Span.ToArray(), Is.EqualTo(Enumerable.Range(1, 9).Select(value => (float)value)));
        Assert.That(() => FloatTensor.Stack(first, new FloatTensor(1, 2)), Throws.ArgumentException.With.Message.Contains("(1, 3) and (1, 2)"));
        Assert.That(() => FloatTensor.Stack(), Throws.ArgumentException.With.Message.Contains("nothing to stack"));
    }
}
