using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>The round trip on a model that listens to a known patch only.</summary>
public sealed class AudibleExplanationTests
{
    private static readonly ListeningOptions s_options = new() { Fraction = 0.1, SmoothingCells = 0 };

    private AudioClassifier _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = BandModel.Load();

    [OneTimeTearDown]
    public void Unload() => _model.Dispose();

    [Test]
    public void TheRightMapSurvivesItsRoundTrip()
    {
        AudibleExplanation heard = Explain(BandModel.Patch());
        Assert.Multiple(() =>
        {
            Assert.That(heard.RoundTrip.Probability, Is.GreaterThan(0.99));
            Assert.That(heard[SoundKind.Important].Prediction.Label, Is.EqualTo("call"), "the patch alone is enough");
            Assert.That(heard[SoundKind.WithoutImportant].Prediction.Label, Is.EqualTo("rest"), "nothing else is");
            Assert.That(heard.RoundTrip.WithoutRandom, Has.All.GreaterThan(heard.RoundTrip.WithoutImportant));
            Assert.That(heard.RoundTrip.Survives, Is.True);
            Assert.That(heard.Verdict, Does.Match(@"^The explanation survives its round trip: without the important part call falls by [0-9.]+ points, without a random part of the same shape it (falls|rises) by [0-9.]+ points \(median of 19 draws; rank 1 of 20, p = 0\.05, [0-9.]+ standard deviations above the mean of the draws\); the important part alone is still heard as call \([0-9.]+ %\)\.$"));
        });
    }

    [Test]
    public void AMapOfTheWrongPlaceIsReportedAsNotSurviving()
    {
        AudibleExplanation heard = Explain(BandModel.Patch(up: 8, right: 16));
        Assert.Multiple(() =>
        {
            Assert.That(heard.RoundTrip.Survives, Is.False);
            Assert.That(heard.Verdict, Does.StartWith("The explanation does not survive its round trip"));
            Assert.That(heard.PartAlone, Does.StartWith("The important part alone is no longer heard as call (").And.Contain("but as rest ("));
            Assert.That(heard.Verdict, Does.Contain("; the important part alone is no longer heard as call"));
        });
    }

    [Test]
    public void WithNineDrawsTheWordIsNotGivenAndTheSentenceSaysWhy()
    {
        AudioClip clip = BandModel.Clip();
        Explanation why = Explanation.FromMap(_model, clip, BandModel.Patch(), MapMeaning.Positive, ClassTarget.OfIndex(0));
        AudibleExplanation heard = AudibleExplanation.Create(_model, clip, why, s_options with { Draws = 9 });
        Assert.That(heard.RoundTrip.Survives, Is.Null);
        Assert.That(heard.Verdict, Does.StartWith("Whether the explanation survives its round trip is not judged, as the rank among 9 random parts cannot have a p below 0.10, and 0.05 takes 19: without the important part call falls by"));
        string json = ListeningJson.Write(heard, new CueAnalyzer(BandModel.FrontEnd).Analyze(clip, heard.ImportantMask), _model, "x.wav");
        Assert.That(JsonDocument.Parse(json).RootElement.GetProperty("round_trip").GetProperty("survives").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void AMapOfUnimportanceIsReadTheOtherWayRound()
    {
        TimeFrequencyMap unimportant = BandModel.Patch();
        foreach (ref float value in unimportant.Span)
            value = 3 - value;
        AudibleExplanation heard = Hear(BandModel.Clip(), unimportant, MapMeaning.Unimportance);
        Assert.That(heard.ImportantMask.Span.ToArray(), Is.EqualTo(Explain(BandModel.Patch()).ImportantMask.Span.ToArray()));
        Assert.That(heard.RoundTrip.Survives, Is.True);
    }

    [Test]
    public void AModelOfSamplesFindsThePatchInTheClipsOwnSound()
    {
        using AudioClassifier samples = _model.WithWaveformInput();
        AudibleExplanation heard = AudibleExplanation.Create(samples, BandModel.Clip(), AttributionMethods.Parse("lrp rules=epsilon"), options: s_options);
        TimeFrequencyMap patch = BandModel.Patch();
        int found = Enumerable.Range(0, patch.Count).Count(cell => patch.Span[cell] > 0 && heard.ImportantMask.Span[cell]);
        Assert.That((double)found / (BandModel.Bins * BandModel.Frames), Is.GreaterThan(0.8), "of the patch; by chance a tenth");
        Assert.That(heard.RoundTrip.Survives, Is.True, heard.Verdict);
        Prediction[] expected = [.. heard.Sounds.Select(sound => _model.Predict(_model.ToInput(sound.Clip))[0])];
        Assert.That(heard.Sounds.Select(sound => sound.Prediction.Probability), Is.EqualTo(expected.Select(each => each.Probability)).Within(1e-3));
        Assert.That(heard.Warnings, Is.Empty);
    }

    [Test]
    public void ASensitivityOfSamplesTellsWhenAndSaysThatItKnowsNoFrequency()
    {
        using AudioClassifier samples = _model.WithWaveformInput();
        AudibleExplanation heard = AudibleExplanation.Create(samples, BandModel.Clip(), new Saliency(), options: s_options);
        TimeFrequencyMap map = heard.Explained.Map;
        for (int bin = 1; bin < map.Bins; bin++)
            Assert.That(map.Row(bin).ToArray(), Is.EqualTo(map.Row(0).ToArray()));
        Assert.That(heard.Warnings, Has.Some.Contains("tells when, and not at which frequency"));
    }

    [Test]
    public void AMethodFindsThePatchByItselfAndIsNamed()
    {
        AudibleExplanation heard = AudibleExplanation.Create(_model, BandModel.Clip(), AttributionMethods.Create("gradient"), options: s_options);
        Assert.That(heard.RoundTrip.Survives, Is.True);
        Assert.That(heard.Explained.Origin, Does.StartWith("gradient"));
        Assert.That(heard.Explained.Target.Label, Is.EqualTo("call"));
        Assert.That(heard.Spans, Has.Count.EqualTo(1));
        Assert.That(heard.Spans[0].Start, Is.EqualTo(19.5 * 0.016).Within(1e-9));
        Assert.That(heard.Spans[0].End, Is.EqualTo(31.5 * 0.016).Within(1e-9));
        Assert.That(heard.Spans[0].Share, Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void OneGainTurnsAllSoundsDownSoThatNoneClips()
    {
        AudioClip loud = new(Array.ConvertAll(BandModel.Clip().Samples.ToArray(), x => 3 * x), 8000);
        AudibleExplanation heard = Hear(loud, BandModel.Patch());
        float[] clip = heard[SoundKind.Clip].Clip.Samples.ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(heard.Gain, Is.LessThan(0.7), "half of full scale, three times as loud");
            Assert.That(clip, Is.EqualTo(loud.Samples.ToArray().Select(x => (float)(x * heard.Gain))).Within(1.0 / 32768));
            Assert.That(heard.Sounds.SelectMany(sound => sound.Clip.Samples.ToArray()), Has.All.InRange(-1f, 1f));
            Assert.That(heard.Warnings, Has.Some.Contains("turned down by"));
        });
    }

    [Test]
    public void WhatTheModelDoesNotHearOfALongClipIsSaid()
    {
        AudibleExplanation heard = Hear(BandModel.Clip(seconds: 1.5), BandModel.Patch());
        Assert.That(heard.Seconds, Is.EqualTo(1));
        Assert.That(heard.Warnings, Has.Some.EqualTo("the clip is 1.50 s long; the model hears its first 1.00 s"));
    }

    [Test]
    public void ThePlayedRandomPartIsAsLargeAsTheImportantOne()
    {
        AudibleExplanation heard = Explain(BandModel.Patch());
        Assert.That(heard.RandomMask.CountChosen(), Is.EqualTo(heard.ImportantMask.CountChosen()));
        Assert.That(heard.RandomMask.Span.ToArray(), Is.Not.EqualTo(heard.ImportantMask.Span.ToArray()));
    }

    [Test]
    public void TheJsonHoldsEverySoundTheRoundTripAndTheSpans()
    {
        AudibleExplanation heard = Explain(BandModel.Patch());
        JsonElement json = JsonDocument.Parse(ListeningJson.Write(heard, new CueAnalyzer(BandModel.FrontEnd).Analyze(BandModel.Clip(), heard.ImportantMask), _model, "zażółć \"x\".wav")).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("schema").GetString(), Is.EqualTo("aexai-listen-2"));
            Assert.That(json.GetProperty("input").GetString(), Is.EqualTo("zażółć \"x\".wav"));
            Assert.That(json.GetProperty("sounds").EnumerateArray().Select(sound => sound.GetProperty("file").GetString()), Is.EqualTo(["clip.wav", "important.wav", "without-important.wav", "without-random.wav"]));
            Assert.That(json.GetProperty("sounds")[2].GetProperty("target_probability").GetDouble(), Is.EqualTo(heard.RoundTrip.WithoutImportant).Within(1e-6));
            Assert.That(json.GetProperty("round_trip").GetProperty("survives").GetBoolean(), Is.True);
            Assert.That(json.GetProperty("round_trip").GetProperty("without_random").GetArrayLength(), Is.EqualTo(19));
            Assert.That(json.GetProperty("round_trip").GetProperty("rank").GetInt32(), Is.EqualTo(1));
            Assert.That(json.GetProperty("round_trip").GetProperty("rank_p").GetDouble(), Is.EqualTo(0.05));
            Assert.That(json.GetProperty("round_trip").GetProperty("lead").GetDouble(), Is.EqualTo(heard.RoundTrip.Lead));
            Assert.That(json.GetProperty("options").GetProperty("attenuation_decibels").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(json.GetProperty("cues").GetProperty("sentences").GetArrayLength(), Is.GreaterThan(0));
            Assert.That(json.GetProperty("spans")[0].GetProperty("share").GetDouble(), Is.EqualTo(heard.Spans[0].Share));
        });
    }

    [Test]
    public void AMapOfAnotherSizeAndAClassThatIsNotThereAreRefused()
    {
        AudioClip clip = BandModel.Clip();
        TimeFrequencyMap patch = BandModel.Patch();
        Assert.That(
            () => Explanation.FromMap(_model, clip, new TimeFrequencyMap(3, 4), MapMeaning.Signed),
            Throws.ArgumentException.With.Message.Contains("3 bins x 4 frames"));
        Assert.That(
            () => Explanation.FromMap(_model, clip, patch, MapMeaning.Signed, ClassTarget.OfIndex(2)),
            Throws.ArgumentException.With.Message.Contains("There is no class 2"));
        Explanation why = Explanation.FromMap(_model, clip, patch, MapMeaning.Signed);
        Assert.That(
            () => AudibleExplanation.Create(_model, new AudioClip(Array.Empty<float>(), 8000), why),
            Throws.ArgumentException.With.Message.Contains("no samples"));
    }

    private AudibleExplanation Explain(TimeFrequencyMap map) => Hear(BandModel.Clip(), map);

    private AudibleExplanation Hear(AudioClip clip, TimeFrequencyMap map, MapMeaning meaning = MapMeaning.Positive) =>
        AudibleExplanation.Create(_model, clip, Explanation.FromMap(_model, clip, map, meaning, ClassTarget.OfIndex(0)), s_options);
}
