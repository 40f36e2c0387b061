using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Clips and parts that have little to measure; the words and the JSON of those that do.</summary>
public sealed class CueReportTests
{
    private static readonly LogMelOptions s_small = new() { SampleRate = 8000, Seconds = 0.5, FftSize = 256, HopLength = 100, MelBins = 19, MaximumFrequency = 4000 };

    private static readonly Dictionary<string, float[]> s_clips = new()
    {
        ["silence"] = new float[4000],
        ["noise"] = TestSounds.Noise(4000),
        ["tone"] = TestSounds.Tones(4000, 8000, 150),
        ["one sample"] = [0.5f],
        ["shorter than a frame"] = TestSounds.Noise(90),
        ["shorter than the front end"] = TestSounds.Tones(1777, 8000, 220),
        ["longer than the front end"] = TestSounds.Tones(9001, 8000, 220),
        ["constant"] = [.. Enumerable.Repeat(0.25f, 4000)],
        ["tiny"] = [.. TestSounds.Noise(4000).Select(x => x * 1e-20f)],
        ["loud"] = [.. TestSounds.Noise(4000).Select(x => x * 1e15f)],
    };

    private static IEnumerable<TestCaseData> Cases =>
        from clip in s_clips.Keys
        from part in new[] { "nothing", "everything", "one cell", "the last frame", "a band", "half of each cell" }
        select new TestCaseData(clip, part);

    [TestCaseSource(nameof(Cases))]
    public void NothingIsEverNotANumber(string clip, string part)
    {
        CueReport report = new CueAnalyzer(s_small).Analyze(new AudioClip(s_clips[clip], 8000), Part(part));
        Assert.That(report.Sentences, Is.Not.Empty.And.All.Not.Contains("NaN"));
        Assert.That(report.ToString(), Does.Not.Contain("∞"));
        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        Assert.That(json.RootElement.GetProperty("important").GetProperty("seconds").GetDouble(), Is.InRange(0, report.ClipSeconds + 1e-9));
        Assert.That(report.Important.Seconds + report.Rest.Seconds, Is.EqualTo(report.ClipSeconds).Within(1e-9));
        Assert.That(report.Important.CellShare + report.Rest.CellShare, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void WhereNothingIsImportantThatIsSaidAndNothingElse()
    {
        CueReport report = new CueAnalyzer(s_small).Analyze(new AudioClip(s_clips["tone"], 8000), Part("nothing"));
        Assert.That(report.Sentences, Is.EqualTo(new[] { "No part of the clip is called important." }));
        Assert.That(report.Important.Pitch, Is.Null);
        Assert.That(report.Important.Stretches, Is.Empty);
        Assert.That(report.Rest.Pitch!.Median, Is.EqualTo(150).Within(0.1).Percent);
    }

    [Test]
    public void WhatIsAlikeIsCalledAlike()
    {
        TimeFrequencyMap half = new(19, 41);
        for (int bin = 0; bin < 19; bin++)
            half.Row(bin)[..20].Fill(1);
        CueReport report = new CueAnalyzer(s_small).Analyze(new AudioClip(TestSounds.Tones(4000, 8000, 150), 8000), half);
        Assert.That(report.Sentences.Skip(1), Is.EqualTo(new[] { "In pitch, level, voicing and spectrum it is not distinctly different from the rest, or not more so than random parts of its shape are." }));
    }

    [Test]
    public void ThresholdsDecideWhatIsTold()
    {
        float[] louder = [.. TestSounds.Tones(4000, 8000, 150).Select((x, i) => i < 1950 ? x : x * 0.8f)];
        TimeFrequencyMap half = new(19, 41);
        for (int bin = 0; bin < 19; bin++)
            half.Row(bin)[..20].Fill(1);
        AudioClip clip = new(louder, 8000);
        Assert.That(new CueAnalyzer(s_small).Analyze(clip, half).Sentences, Has.None.Contains("louder"));
        Assert.That(new CueAnalyzer(s_small, new CueOptions { LevelDecibels = 1.5 }).Analyze(clip, half).Sentences, Has.Some.Contains("louder (-13.5 dB against -15.4 dB)"));
    }

    [Test]
    public void TheJsonHasWhatTheReportHas()
    {
        CueReport report = new CueAnalyzer(s_small).Analyze(new AudioClip(s_clips["tone"], 8000), Part("everything"));
        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        JsonElement important = json.RootElement.GetProperty("important"), rest = json.RootElement.GetProperty("rest");
        Assert.That(important.GetProperty("pitch").GetProperty("median_hz").GetDouble(), Is.EqualTo(report.Important.Pitch!.Median));
        Assert.That(important.GetProperty("level_db").GetDouble(), Is.EqualTo(report.Important.Level));
        Assert.That(important.GetProperty("stretches")[0].GetProperty("end").GetDouble(), Is.EqualTo(0.5));
        Assert.That(rest.GetProperty("pitch").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(rest.GetProperty("level_db").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(json.RootElement.GetProperty("differences").GetArrayLength(), Is.EqualTo(report.Differences.Count));
        Assert.That(json.RootElement.GetProperty("sentences").GetArrayLength(), Is.EqualTo(report.Sentences.Count));
    }

    [Test]
    public void WrongInputIsRefusedWithItsSize()
    {
        CueAnalyzer analyzer = new(s_small);
        AudioClip clip = new(s_clips["tone"], 8000);
        Assert.That(() => analyzer.Analyze(clip, new TimeFrequencyMask(19, 40)), Throws.ArgumentException.With.Message.Contains("19 bins x 40 frames; the front end's maps are 19 x 41"));
        Assert.That(() => analyzer.Analyze(new AudioClip(ReadOnlyMemory<float>.Empty, 8000), new TimeFrequencyMask(19, 41)), Throws.ArgumentException.With.Message.Contains("no samples"));
        Assert.That(() => new CueAnalyzer(s_small, new CueOptions { LevelDecibels = double.NaN }), Throws.ArgumentException.With.Message.Contains("LevelDecibels is NaN"));
        Assert.That(() => new CueAnalyzer(s_small, new CueOptions { Pitch = new PitchOptions { MinimumHertz = 700 } }), Throws.ArgumentException.With.Message.Contains("MinimumHertz is 700, MaximumHertz is 600"));
    }

    private static TimeFrequencyMap Part(string name)
    {
        TimeFrequencyMap map = new(19, 41);
        if (name == "everything")
            map.Span.Fill(1);
        else if (name == "half of each cell")
            map.Span.Fill(0.5f);
        else if (name == "one cell")
            map[3, 0] = 1;
        else if (name == "a band")
            map.Row(7).Fill(1);
        else if (name == "the last frame")
            for (int bin = 0; bin < 19; bin++)
                map[bin, 40] = 1;
        return map;
    }
}
