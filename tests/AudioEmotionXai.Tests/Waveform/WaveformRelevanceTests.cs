namespace AudioEmotionXai.Tests;

public sealed class WaveformRelevanceTests
{
    private const double BurstStart = 1.30, BurstEnd = 1.45, Around = 0.05;

    private static readonly LogMelOptions s_small = WaveformModels.Small;

    [TestCase("lrp rules=epsilon", SignalPadding.Zeros)]
    [TestCase("lrp rules=epsilon-plus-flat", SignalPadding.Reflect)]
    [TestCase("lrp rules=gamma", SignalPadding.Zeros)]
    [TestCase("lrp rules=epsilon-gamma-box start=one", SignalPadding.Zeros)]
    public void LrpTakesTheSpectrogramsRelevanceToTheSamplesThatMadeIt(string method, SignalPadding padding)
    {
        LogMelOptions options = s_small with { Padding = padding };
        using AudioClassifier spectrograms = Tiny(options);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        AudioClip clip = new(WaveformSounds.Voice(options.SampleCount, options.SampleRate), options.SampleRate);
        AttributionMethod lrp = AttributionMethods.Parse(method);
        FloatTensor cells = lrp.Attribute(spectrograms, spectrograms.FrontEnd!.Normalize(new LogMelExtractor(options).Extract(clip).Decibels)).Map;
        double[] expected = PlainWaveformRelevance.Of(clip.Samples.ToArray(), Table(cells, options), options);
        float[] found = lrp.AttributeClip(model, clip).PerSample.ToArray();
        // Float32 spectrograms differ in their last bits from the extractor's, and epsilon divides by sums near zero
        double largest = expected.Max(Math.Abs);
        Assert.That(found.Select(x => x / largest), Is.EqualTo(expected.Select(x => x / largest)).Within(1e-3));
    }

    [TestCase("epsilon")]
    [TestCase("epsilon-plus-flat")]
    [TestCase("alpha-beta")]
    [TestCase("epsilon-gamma-box")]
    public void TheFrontEndKeepsAllRelevanceAndTheLedgerCloses(string rules)
    {
        using AudioClassifier spectrograms = Tiny(s_small);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        AudioClip clip = new(WaveformSounds.Voice(s_small.SampleCount, s_small.SampleRate), s_small.SampleRate);
        AttributionResult result = AttributionMethods.Parse($"lrp rules={rules} ledger=true").AttributeClip(model, clip).Result;
        double start = Detail(result, "relevance_start");
        Assert.That(Detail(result, "ledger_rounding"), Is.EqualTo(0).Within(1e-4 * Math.Abs(start)));
        double arrived = result.Details.Single(detail => detail.Name == "ledger/log_mel/spectrogram").Values.Span[0];
        Assert.That(Detail(result, "relevance_map"), Is.EqualTo(arrived).Within(1e-4 * Math.Abs(start)));
    }

    [Test]
    public void CellsOfDigitalSilenceHaveNoSamplesToHandRelevanceToAndTheLedgerSaysSo()
    {
        using AudioClassifier spectrograms = Tiny(s_small);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        float[] samples = WaveformSounds.Voice(s_small.SampleCount, s_small.SampleRate);
        samples.AsSpan(samples.Length / 2).Clear();
        AttributionResult result = AttributionMethods.Parse("lrp ledger=true").AttributeClip(model, new AudioClip(samples, s_small.SampleRate)).Result;
        Assert.That(result.Map.Span[(samples.Length / 2)..].ToArray(), Is.All.Zero);
        ReadOnlySpan<double> row = result.Details.Single(detail => detail.Name == "ledger/log_mel/mel").Values.Span;
        Assert.That(Math.Abs(row[3]), Is.GreaterThan(1e-3), "epsilon takes what silent cells held");
        Assert.That(row[0] - row[1] - row[2] - row[3] - row[4], Is.EqualTo(0).Within(1e-4));
    }

    [TestCase("gradient")]
    [TestCase("saliency")]
    [TestCase("input-x-gradient")]
    [TestCase("integrated-gradients")]
    [TestCase("smooth-grad inner=gradient noise=0.0005")]
    [TestCase("smooth-grad inner=input-x-gradient noise=0.0005")]
    [TestCase("lrp")]
    [TestCase("lrp rules=epsilon")]
    [TestCase("lrp rules=gamma")]
    [TestCase("lrp rules=epsilon-gamma-box")]
    public void ATonesBurstHoldsTheRelevanceOfAModelThatHearsIt(string method)
    {
        FrontEndContract contract = new(new LogMelOptions(), -56.5, 18.7, ["none", "burst"]);
        using AudioClassifier model = TinyModels.Load(WaveformModel.Join(WaveformModels.PeakDetector(contract), contract));
        float[] sound = WaveformSounds.Burst(contract.Options.SampleCount, contract.Options.SampleRate, 2000, BurstStart, BurstEnd);
        WaveformRelevance relevance = AttributionMethods.Parse(method).AttributeClip(model, new AudioClip(sound, contract.Options.SampleRate));
        Assert.That(relevance.Result.Predictions[0].Label, Is.EqualTo("burst"));
        double share = ShareWithin(relevance, BurstStart - Around, BurstEnd + Around);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{method}: {share:P1} within 50 ms"));
        Assert.That(share, Is.GreaterThanOrEqualTo(0.8));
    }

    [Test]
    public void ALouderSoundElsewhereTakesItsShareOfTheGradientButNoneOfLrp()
    {
        FrontEndContract contract = new(new LogMelOptions(), -56.5, 18.7, ["none", "burst"]);
        using AudioClassifier model = TinyModels.Load(WaveformModel.Join(WaveformModels.PeakDetector(contract), contract));
        float[] sound = WaveformSounds.Burst(contract.Options.SampleCount, contract.Options.SampleRate, 2000, BurstStart, BurstEnd);
        for (int i = 0; i < sound.Length; i++)
            sound[i] *= 0.02f;
        // A hiss half a second later: no peak, but the loudest cell, which the front end measures all others against
        float[] hiss = WaveformSounds.Noise(4000, 21, 0.4);
        for (int i = 0; i < hiss.Length; i++)
            sound[48000 + i] += hiss[i];
        AudioClip clip = new(sound, contract.Options.SampleRate);
        double lrp = ShareWithin(new Lrp().AttributeClip(model, clip), BurstStart - Around, BurstEnd + Around);
        double gradient = ShareWithin(new InputXGradient().AttributeClip(model, clip), BurstStart - Around, BurstEnd + Around);
        TestContext.Out.WriteLine(FormattableString.Invariant($"within 50 ms: lrp {lrp:P1}, input-x-gradient {gradient:P1}"));
        Assert.That(lrp, Is.GreaterThanOrEqualTo(0.8));
        Assert.That(gradient, Is.LessThan(0.8));
    }

    [TestCase("lrp rules=epsilon")]
    [TestCase("input-x-gradient")]
    public void LinesAndFramesHoldWhatTheSamplesDo(string method)
    {
        FrontEndContract contract = new(new LogMelOptions { SampleRate = 8000, Seconds = 1.5, FftSize = 512, HopLength = 128, MelBins = 40, MaximumFrequency = 4000 }, -56.5, 18.7, ["none", "burst"]);
        using AudioClassifier model = TinyModels.Load(WaveformModel.Join(WaveformModels.PeakDetector(contract), contract));
        float[] sound = WaveformSounds.Burst(contract.Options.SampleCount, 8000, 1500, 0.6, 0.8);
        WaveformRelevance relevance = AttributionMethods.Parse(method).AttributeClip(model, new AudioClip(sound, 8000));
        double total = Sum(relevance.PerSample.Span), size = 0;
        foreach (float value in relevance.PerSample.Span)
            size += Math.Abs(value);
        RelevanceProfile hertz = relevance.PerHertz(), seconds = relevance.PerSecond(0.1);
        Assert.That(hertz.Values.ToArray().Sum(), Is.EqualTo(total).Within(1e-4 * size));
        Assert.That(seconds.Values.ToArray().Sum(), Is.EqualTo(total).Within(1e-9 * size));
        Assert.That(hertz.PositionOf(Loudest(hertz)), Is.EqualTo(1500).Within(2 * hertz.Step));
        Assert.That(seconds.PositionOf(Loudest(seconds)), Is.InRange(0.6, 0.8));
    }

    [TestCase("lrp rules=epsilon", true)]
    [TestCase("lrp rules=epsilon", false)]
    [TestCase("input-x-gradient", true)]
    public void MelBinsAndFramesHoldWhatTheSamplesDoWhereTheBurstIs(string method, bool isCentred)
    {
        LogMelOptions options = new() { SampleRate = 8000, Seconds = 1.5, FftSize = 512, HopLength = 128, MelBins = 40, MinimumFrequency = 100, MaximumFrequency = 3500, Center = isCentred };
        FrontEndContract contract = new(options, -56.5, 18.7, ["none", "burst"]);
        using AudioClassifier model = TinyModels.Load(WaveformModel.Join(WaveformModels.PeakDetector(contract), contract));
        float[] sound = WaveformSounds.Burst(options.SampleCount, 8000, 1500, 0.6, 0.8);
        WaveformRelevance relevance = AttributionMethods.Parse(method).AttributeClip(model, new AudioClip(sound, 8000));
        TimeFrequencyMap mel = relevance.ToMel();
        double size = relevance.PerSample.ToArray().Sum(value => (double)Math.Abs(value));
        Assert.That((mel.Bins, mel.Frames), Is.EqualTo((options.MelBins, options.FrameCount)));
        Assert.That(Sum(mel.Span), Is.EqualTo(Sum(relevance.PerSample.Span)).Within(1e-4 * size));
        float[] cells = mel.Memory.ToArray();
        int loudest = Array.IndexOf(cells, cells.MaxBy(Math.Abs));
        TimeFrequencyAxes axes = TimeFrequencyAxes.Of(options);
        Assert.That(axes.HertzOf(loudest / mel.Frames), Is.EqualTo(1500).Within(80));
        Assert.That(axes.SecondsOf(loudest % mel.Frames), Is.InRange(0.6, 0.8));
    }

    [Test]
    public void ASensitivityHasTheMagnitudesOfItsSamplesInEveryBinAlike()
    {
        using AudioClassifier spectrograms = Tiny(s_small);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        WaveformRelevance relevance = new Gradient().AttributeClip(model, new AudioClip(WaveformSounds.Voice(s_small.SampleCount, 4000), 4000));
        TimeFrequencyMap mel = relevance.ToMel();
        double size = relevance.PerSample.ToArray().Sum(value => (double)Math.Abs(value));
        Assert.That(Sum(mel.Span), Is.EqualTo(size).Within(1e-5 * size));
        for (int bin = 1; bin < mel.Bins; bin++)
            Assert.That(mel.Row(bin).ToArray(), Is.EqualTo(mel.Row(0).ToArray()));
    }

    [Test]
    public void SensitivitiesAreNotSharedOutOverFrequencies()
    {
        using AudioClassifier spectrograms = Tiny(s_small);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        WaveformRelevance relevance = new Saliency().AttributeClip(model, new AudioClip(WaveformSounds.Voice(s_small.SampleCount, 4000), 4000));
        Assert.That(relevance.PerHertz, Throws.InvalidOperationException.With.Message.Contains("saliency"));
    }

    [Test]
    public void AModelOfSpectrogramsIsRefusedAndAJoinedOneIsNotJoinedAgain()
    {
        using AudioClassifier spectrograms = Tiny(s_small);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        AudioClip clip = new(new float[100], 4000);
        Assert.That(() => new Lrp().AttributeClip(spectrograms, clip), Throws.ArgumentException.With.Message.Contains("WithWaveformInput"));
        Assert.That(model.WithWaveformInput, Throws.ArgumentException.With.Message.Contains("already"));
        using AudioClassifier bare = TinyModels.Load(TinyModels.Image());
        Assert.That(bare.WithWaveformInput, Throws.ArgumentException.With.Message.Contains("front-end contract"));
    }

    private static AudioClassifier Tiny(LogMelOptions options)
    {
        OnnxModel model = TinyModels.Image();
        WaveformModels.ContractOf(options).WriteTo(model);
        return TinyModels.Load(model);
    }

    private static double[,] Table(FloatTensor map, LogMelOptions options)
    {
        double[,] table = new double[options.MelBins, options.FrameCount];
        for (int i = 0; i < map.Length; i++)
            table[i / options.FrameCount, i % options.FrameCount] = map.Span[i];
        return table;
    }

    private static int Loudest(RelevanceProfile profile)
    {
        double[] values = profile.Values.ToArray();
        return Array.IndexOf(values, values.MaxBy(Math.Abs));
    }

    private static double ShareWithin(WaveformRelevance relevance, double from, double to)
    {
        double within = 0, all = 0;
        for (int i = 0; i < relevance.PerSample.Length; i++)
        {
            double size = Math.Abs(relevance.PerSample.Span[i]), seconds = (double)i / relevance.SampleRate;
            all += size;
            within += seconds >= from && seconds <= to ? size : 0;
        }

        return within / all;
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }

    private static double Detail(AttributionResult result, string name) => result.Details.Single(detail => detail.Name == name).Values.Span[0];
}
