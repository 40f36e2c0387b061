namespace AudioEmotionXai.Tests;

public sealed class FrontEndTextTests
{
    public static IEnumerable<FrontEnd> Unusual()
    {
        yield return new LogMelFrontEnd(WaveformModels.Small with { WindowLength = 100, PreEmphasis = 0.95, RemovesFrameMean = true, MelSlopes = MelSlopes.Mel, DropsLastFrame = true }, -12.5, 3);
        yield return new LogMelFrontEnd(new LogMelOptions()) { AnyLength = true };
        yield return new WhisperFrontEnd { MelBins = 128, Seconds = null };
        yield return new WhisperFrontEnd { Seconds = 2.5 };
        yield return new AstFrontEnd { Frames = 128, Mean = -6.845978, StandardDeviation = 5.5654526, MelBins = 64 };
        yield return new AstFrontEnd { Frames = null };
        yield return new YamnetFrontEnd { Frames = null, Offset = 0.01 };
        yield return new MfccFrontEnd { Count = 13, AnyLength = false, Mean = 1, StandardDeviation = 2, Mels = MfccFrontEnd.SpectrumAt(8000) with { FftSize = 400, Padding = SignalPadding.Reflect } };
        yield return new Wav2Vec2FrontEnd { Rate = 8000, Seconds = 4, NormalizesFill = false };
        yield return new SamplesFrontEnd { Rate = 44100, Seconds = 1.5 };
    }

    [TestCaseSource(nameof(Unusual))]
    [SetCulture("pl-PL")]
    public void JsonReadsBackAsTheSame(FrontEnd frontEnd)
    {
        Assert.That(FrontEnd.FromJson(frontEnd.ToJson(), "x.json"), Is.EqualTo(frontEnd));
        FrontEndContract contract = FrontEndContract.For(frontEnd, ["a", "b"]);
        FrontEndContract read = FrontEndContract.Parse(contract.ToJson(), "x.json");
        Assert.That(read, Is.EqualTo(contract));
        Assert.That(read.FrontEnd, Is.EqualTo(frontEnd));
        Assert.That(read.Labels, Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("whisper", "whisper", 16000, 80)]
    [TestCase("whisper:128", "whisper", 16000, 128)]
    [TestCase("ast", "ast", 16000, 128)]
    [TestCase("wav2vec2", "wav2vec2", 16000, 1)]
    [TestCase("yamnet", "yamnet", 16000, 64)]
    [TestCase("mfcc", "mfcc", 22050, 20)]
    [TestCase("mfcc:40", "mfcc", 22050, 40)]
    [TestCase("mfcc:13:8000", "mfcc", 8000, 13)]
    [TestCase("none:44100", "none", 44100, 1)]
    [TestCase("log-mel", "log-mel", 24000, 128)]
    public void ShortTextsAreRead(string text, string kind, int rate, int bins)
    {
        FrontEnd frontEnd = FrontEnd.Parse(text);
        Assert.That((frontEnd.Kind, frontEnd.SampleRate, frontEnd.Bins), Is.EqualTo((kind, rate, bins)));
        Assert.That(FrontEnd.Parse(frontEnd.Name), Is.EqualTo(frontEnd));
    }

    [TestCase("whisperer", "no front end 'whisperer'; expected: whisper, whisper:128 (mel bins), ast")]
    [TestCase("whisper:many", "'many' is no whole number")]
    [TestCase("whisper:0", "MelBins is 0; expected: 1 to 1024")]
    [TestCase("none", "needs the rate")]
    [TestCase("none:12", "Rate is 12; expected: 1000 to 1000000 Hz")]
    [TestCase("mfcc:200", "Count is 200; expected: 1 to 128")]
    [TestCase("ast:1:2", "no front end 'ast:1:2'")]
    public void WrongTextsAreRefused(string text, string problem) =>
        Assert.That(() => FrontEnd.Parse(text), Throws.ArgumentException.With.Message.Contains(problem));

    [Test]
    public void FilesAreRead()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("front.json");
        File.WriteAllText(file, """{"kind": "whisper", "mels": 128}""");
        Assert.That(FrontEnd.Parse(file), Is.EqualTo(new WhisperFrontEnd { MelBins = 128 }));
        File.WriteAllText(file, FrontEndText.Json);
        Assert.That(FrontEnd.Parse(file), Is.EqualTo(new LogMelFrontEnd(new LogMelOptions(), -56.53040556157969, 18.724325009428828)));
        Assert.That(() => FrontEnd.Parse(folder.PathOf("none.json")), Throws.InstanceOf<FileNotFoundException>());
    }

    [TestCase("""{"kind": "whispers"}""", "'kind' is \"whispers\"; one of 'log-mel', 'whisper'")]
    [TestCase("""{"kind": 7}""", "'kind' is 7; one of")]
    [TestCase("""{"kind": "whisper", "bins": 80}""", "the property 'bins' is not known")]
    [TestCase("""{"kind": "whisper", "mels": 80, "mels": 81}""", "'mels' stands there twice")]
    [TestCase("""{"kind": "whisper", "mels": "80"}""", "'mels' is \"80\"; a whole number")]
    [TestCase("""{"kind": "whisper", "seconds": 1e9}""", "Seconds is 1000000000; expected: above 0, at most 600")]
    [TestCase("""{"kind": "none", "seconds": 1e-5}""", "Seconds is 1E-05; expected: above 0, at most 600, at least one sample")]
    [TestCase("""{"kind": "ast", "std": 0}""", "StandardDeviation is 0; expected: above 0")]
    [TestCase("""{"kind": "ast", "frames": 1.5}""", "'frames' is 1.5; a whole number or null")]
    [TestCase("""{"kind": "mfcc", "log_mel": {"sample_rate": 8000}}""", "x.json, 'log_mel': the property 'seconds' is missing")]
    [TestCase("""{"kind": "log-mel"}""", "the property 'sample_rate' is missing")]
    [TestCase("""{"kind": "whisper", "labels": ["a", "a"]}""", "'labels' must name each class once")]
    [TestCase("""{"kind": "none" """, "is not JSON, or cut off")]
    public void WrongPropertiesAreNamed(string json, string problem) =>
        Assert.That(() => FrontEnd.FromJson(json, "x.json"), Throws.TypeOf<ModelFormatException>().With.Message.Contains(problem).And.Message.StartsWith("x.json"));

    [TestCase("whisper", new[] { -1, 80, 3000 }, "n f t", 3000)]
    [TestCase("whisper", new[] { -1, 80, -1 }, "n f t", null)]
    [TestCase("whisper", new[] { 1, 80, 300 }, "n f t", 300)]
    [TestCase("ast", new[] { -1, 1024, 128 }, "n t f", 1024)]
    [TestCase("ast", new[] { -1, 128, 128 }, "n f t", 128)]
    [TestCase("ast:128", new[] { -1, 128, 128 }, "n f t", 128)]
    [TestCase("yamnet", new[] { -1, 96, 64 }, "n t f", 96)]
    [TestCase("yamnet", new[] { -1, 96, 64, 1 }, "n t f c", 96)]
    [TestCase("yamnet", new[] { -1, 1, 64, -1 }, "n c f t", null)]
    [TestCase("mfcc:40", new[] { -1, 40, 100 }, "n f t", 100)]
    [TestCase("wav2vec2", new[] { -1, -1 }, "n s", null)]
    [TestCase("wav2vec2", new[] { -1, 1, 16000 }, "n c s", 16000)]
    public void FeaturesFindTheirPlaceInAnInput(string text, int[] shape, string layout, int? length)
    {
        Assert.That(FrontEnd.Parse(text).TryFit(shape, out FrontEnd? fitted, out InputLayout? found), Is.True);
        Assert.That(found!.ToString(), Is.EqualTo(layout));
        Assert.That(fitted!.SampleCount is { } count ? fitted.LengthOf(count) : (int?)null, Is.EqualTo(length));
    }

    [TestCase("whisper", new[] { -1, 81, 3000 })]
    [TestCase("whisper", new[] { -1, 16000 })]
    [TestCase("wav2vec2", new[] { -1, 80, 3000 })]
    [TestCase("log-mel", new[] { -1, 1, 128, 140 })]
    public void FeaturesThatDoNotFitSaySo(string text, int[] shape) => Assert.That(FrontEnd.Parse(text).TryFit(shape, out _, out _), Is.False);
}
