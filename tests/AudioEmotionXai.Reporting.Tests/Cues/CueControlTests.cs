namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Sentences only where random parts of the same shape would not give them.</summary>
public sealed class CueControlTests
{
    private static readonly LogMelOptions s_small = new() { SampleRate = 8000, Seconds = 1, FftSize = 256, HopLength = 100, MelBins = 19, MaximumFrequency = 4000 };

    // Every difference would be worth a sentence: the rank alone decides
    private static readonly CueOptions s_eager = new()
    {
        PitchSemitones = 0,
        RangeSemitones = 0,
        SlopeSemitonesPerSecond = 0,
        LevelDecibels = 0,
        EnergyFactor = 1,
        CentroidOctaves = 0,
        TiltDecibelsPerOctave = 0,
        VoicedShare = 0,
        LeastVoicedSeconds = 0,
    };

    [Test]
    public void AVoiceThatIsLouderThroughoutItsBandGivesNoSentenceAboutAPartOfIt()
    {
        // Low bins are loud at all times: a patch of them is "lower in frequency", as every patch of them would be
        AudioClip clip = new(new GeneratedVoice(8000).Speak(1, seconds => 150 + (10 * Math.Sin(20 * seconds))), 8000);
        TimeFrequencyMap patch = new(19, 81);
        for (int bin = 0; bin < 9; bin++)
            patch.Row(bin).Slice(30, 12).Fill(1);
        CueDifference[] differences = [.. new CueAnalyzer(s_small).Analyze(clip, patch).Differences];
        CueDifference level = differences.Single(difference => difference.Cue == "level");
        Assert.That(level.IsTold, Is.False, $"{level}");
        Assert.That(differences.Select(difference => difference.Of), Is.All.EqualTo(20));
    }

    [Test]
    public void APartThatCoversTheOnlyLoudMomentIsToldToBeLouderThanRandomPartsOfItsShape()
    {
        float[] sound = [.. TestSounds.Noise(8000).Select((x, i) => i is > 3000 and < 4200 ? x : 0.2f * x)];
        TimeFrequencyMap column = new(19, 81);
        for (int bin = 0; bin < 19; bin++)
            column.Row(bin).Slice(30, 12).Fill(1);
        CueReport report = new CueAnalyzer(s_small).Analyze(new AudioClip(sound, 8000), column);
        CueDifference level = report.Differences.Single(difference => difference.Cue == "level");
        Assert.That((level.Rank, level.Of, level.IsTold), Is.EqualTo((1, 20, true)));
        Assert.That(report.Sentences, Has.Some.StartsWith("It is louder ("));
        Assert.That(report.Sentences[^1], Is.EqualTo("Of 19 random parts of its shape none is as different in this."));
    }

    /// <summary>Patches that have nothing to do with the clip: at most one in 20 has a sentence about a cue.</summary>
    /// <remarks>240 trials: a share of 0.05 has a standard error of 0.014, three of which are allowed, once for each of the cues.</remarks>
    [Test]
    public void APartThatMeansNothingHasASentenceAboutACueInAtMostOneCaseOf20()
    {
        const int trials = 240;
        const double allowed = 3 * 0.0141;
        Random random = new(5);
        Dictionary<string, int> told = [];
        for (int trial = 0; trial < trials; trial++)
        {
            double pitch = 100 + random.Next(100), speed = random.Next(5, 30);
            float[] voice = new GeneratedVoice(8000) { Shimmer = 0.1 }.Speak(1, seconds => pitch * (1 + (0.2 * Math.Sin(speed * seconds))));
            float[] noise = TestSounds.Noise(8000);
            float[] sound = [.. voice.Select((x, i) => (float)((x * (1 + Math.Sin(0.0005 * speed * i))) + (0.05 * noise[i] * random.NextDouble())))];
            TimeFrequencyMap patch = new(19, 81);
            int bins = random.Next(4, 14), frames = random.Next(12, 30), bin = random.Next(19), frame = random.Next(81);
            for (int i = 0; i < bins; i++)
                for (int j = 0; j < frames; j++)
                    patch[(bin + i) % 19, (frame + j) % 81] = 1;
            foreach (CueDifference difference in new CueAnalyzer(s_small, s_eager with { Seed = trial }).Analyze(new AudioClip(sound, 8000), patch).Differences)
                told[difference.Cue] = told.GetValueOrDefault(difference.Cue) + (difference.IsTold ? 1 : 0);
        }

        TestContext.Out.WriteLine(string.Join(", ", told.Select(pair => FormattableString.Invariant($"{pair.Key} {(double)pair.Value / trials:0.000}"))));
        Assert.That(told.Keys, Has.Count.EqualTo(8));
        foreach ((string cue, int count) in told)
            Assert.That((double)count / trials, Is.LessThanOrEqualTo(0.05 + allowed), cue);
        Assert.That(told.Values.Sum() / (8.0 * trials), Is.EqualTo(0.045).Within(0.02), "and the rule is not emptier than its level");
    }

    [Test]
    public void FewerThan19DrawsAreRefused() =>
        Assert.That(() => new CueOptions { Draws = 18 }, Throws.ArgumentException.With.Message.Contains("Draws is 18; expected: 19 to 1000"));
}
