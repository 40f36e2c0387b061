namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Clips put together from a part and a rest that are known, at the default front end: frames of 21.3 ms, clips of 3 s.</summary>
public sealed class CueAnalyzerTests
{
    private const int Rate = 24000;

    // Frames 47 to 93 reach from sample 23808 to 47872: the part begins and ends where they do
    private const int First = 47, Last = 93, Start = (First * 512) - 256, End = (Last * 512) + 256;
    private static readonly CueAnalyzer s_analyzer = new();

    [TestCase(212, 180)]
    [TestCase(95, 140)]
    [TestCase(420, 260)]
    public void PitchAndLevelOfTwoGeneratedVoicesAreFoundWithinTwoPercent(double inside, double outside)
    {
        float[] rest = new GeneratedVoice(Rate) { Jitter = 0.005, Shimmer = 0.03, Peak = 0.2 }.Speak(3, _ => outside);
        float[] part = new GeneratedVoice(Rate) { Jitter = 0.005, Shimmer = 0.03, Formants = [530, 1840, 2480] }.Speak(3, _ => inside);
        CueReport report = s_analyzer.Analyze(Clip(part, rest), Columns());
        TestContext.Out.WriteLine(report);
        Assert.That(report.Important.Pitch!.Median, Is.EqualTo(inside).Within(2).Percent);
        Assert.That(report.Rest.Pitch!.Median, Is.EqualTo(outside).Within(2).Percent);
        Assert.That(Power(report.Important), Is.EqualTo(MeanSquare(part.AsSpan(Start, End - Start))).Within(2).Percent);
        Assert.That(Power(report.Rest), Is.EqualTo(MeanSquare([.. rest[..Start], .. rest[End..]])).Within(2).Percent);
        Assert.That(report.Sentences, Has.Some.StartsWith($"It is {(inside > outside ? "higher" : "lower")} in pitch (median "));
        Assert.That(report.Sentences, Has.Some.StartsWith("It is louder ("));
    }

    [Test]
    public void TheLevelOfToneIsThatOfItsAmplitude()
    {
        CueReport report = s_analyzer.Analyze(Clip(Tone(300, 0.4), Tone(450, 0.05)), Columns());
        Assert.That(Power(report.Important), Is.EqualTo(0.5 * 0.4 * 0.4).Within(2).Percent);
        Assert.That(Power(report.Rest), Is.EqualTo(0.5 * 0.05 * 0.05).Within(2).Percent);
        Assert.That(report.Important.Pitch!.Median, Is.EqualTo(300).Within(0.1).Percent);
        Assert.That(report.Rest.Pitch!.Median, Is.EqualTo(450).Within(0.1).Percent);
        Assert.That(report.Important.Centroid, Is.EqualTo(300).Within(2).Percent);
        Assert.That(report.Important.EnergyShare, Is.EqualTo(0.08 * (End - Start) / ((0.08 * (End - Start)) + (0.00125 * (72000 - End + Start)))).Within(2).Percent);
    }

    [Test]
    public void DurationAndPositionAreThoseOfTheFrames()
    {
        CueReport report = s_analyzer.Analyze(new AudioClip(TestSounds.Noise(72000), Rate), Columns());
        Assert.That(report.Important.Stretches, Is.EqualTo(new[] { new TimeStretch((double)Start / Rate, (double)End / Rate) }));
        Assert.That(report.Important.Seconds + report.Rest.Seconds, Is.EqualTo(3).Within(1e-12));
        Assert.That(report.Important.Position, Is.EqualTo((Start + End) / 2.0 / 72000).Within(1e-12));
        Assert.That(report.Important.CellShare, Is.EqualTo((Last - First + 1) / 141.0).Within(1e-12));
        Assert.That(report.Rest.Stretches, Has.Count.EqualTo(2));
        Assert.That(report.Sentences[0], Is.EqualTo("The important part lasts 1.00 s (33 % of the clip), in one piece between 0.99 s and 1.99 s."));
    }

    [Test]
    public void AMaskOfSomeBinsWeighsItsFramesAsOneOfAllBins()
    {
        AudioClip clip = Clip(Tone(300, 0.4), Tone(450, 0.05));
        TimeFrequencyMask band = new(128, 141);
        for (int bin = 20; bin < 40; bin++)
            band.Span.Slice((bin * 141) + First, Last - First + 1).Fill(true);
        (CueReport some, CueReport all) = (s_analyzer.Analyze(clip, band), s_analyzer.Analyze(clip, Columns()));
        Assert.That(some.Important.Level, Is.EqualTo(all.Important.Level).Within(1e-12));
        Assert.That(some.Important.Pitch, Is.EqualTo(all.Important.Pitch));
        Assert.That(some.Rest.Pitch, Is.EqualTo(all.Rest.Pitch));
        Assert.That(some.Important.Seconds, Is.EqualTo(all.Important.Seconds));
        Assert.That(some.Important.CellShare, Is.LessThan(0.2 * all.Important.CellShare));
    }

    [Test]
    public void ABandAtAllTimesHoldsTheToneThatLiesInIt()
    {
        float[] both = [.. Tone(400, 0.3).Zip(Tone(4000, 0.1), (low, high) => low + high)];
        TimeFrequencyMask band = new(128, 141);
        for (int bin = 0; bin < 128; bin++)
            if (TimeFrequencyAxes.Of(new LogMelOptions()).HertzOf(bin) is > 3000 and < 5000)
                band.Span.Slice(bin * 141, 141).Fill(true);
        CueReport report = s_analyzer.Analyze(new AudioClip(both, Rate), band);
        Assert.That(report.Important.Centroid, Is.EqualTo(4000).Within(2).Percent);
        Assert.That(report.Rest.Centroid, Is.EqualTo(400).Within(2).Percent);
        Assert.That(report.Important.EnergyShare, Is.EqualTo(0.1).Within(2).Percent);
        Assert.That(report.Rest.Pitch, Is.Null, "no moment belongs to the rest");
        Assert.That(report.Sentences, Has.Some.Contains("as much at all times"));
        CueDifference centroid = report.Differences.Single(difference => difference.Cue == "centroid");
        Assert.That(centroid.Value, Is.EqualTo(Math.Log2(10)).Within(0.05));
        Assert.That(centroid.IsTold, Is.False, "a band moved to the other tone is as different");
    }

    [Test]
    public void RangeAndSlopeAreThoseOfAGlide()
    {
        // An octave a second: 12 semitones a second, over the part of 1.003 s; a tenth of the time lies beyond either end of the range
        float[] part = new GeneratedVoice(Rate).Speak(3, seconds => 120 * Math.Pow(2, seconds - ((double)Start / Rate)));
        float[] rest = new GeneratedVoice(Rate).Speak(3, _ => 170);
        CueReport report = s_analyzer.Analyze(Clip(part, rest), Columns());
        Assert.That(report.Important.Pitch!.Slope, Is.EqualTo(12).Within(4).Percent, "frames at the edges, 50 ms long, hold both voices");
        Assert.That(report.Important.Pitch.RangeSemitones, Is.EqualTo(12 * 0.8 * (End - Start) / Rate).Within(3).Percent, "as above");
        Assert.That(report.Rest.Pitch!.Slope, Is.EqualTo(0).Within(0.2));
        Assert.That(report.Sentences, Has.Some.StartsWith("It is livelier in pitch").And.Some.StartsWith("Its pitch rises by 1"));
    }

    [Test]
    public void TheVoicedShareIsThatOfTheVoice()
    {
        // The rest is noise; the part is voice, and noise from its middle on
        float[] noise = [.. TestSounds.Noise(72000).Select(x => x * 0.2f)];
        float[] part = [.. new GeneratedVoice(Rate).Speak(3, _ => 200)[..((Start + End) / 2)], .. noise[((Start + End) / 2)..]];
        CueReport report = s_analyzer.Analyze(Clip(part, noise), Columns());
        Assert.That(report.Important.VoicedShare, Is.EqualTo(0.5).Within(0.03), "frames at the edges are 50 ms long, the part 1 s");
        Assert.That(report.Rest.VoicedShare, Is.LessThan(0.02));
        CueDifference voiced = report.Differences.Single(difference => difference.Cue == "voiced_share");
        Assert.That(voiced.Value, Is.EqualTo(0.5).Within(0.05));
        Assert.That(voiced.IsTold, Is.False, "a part that begins earlier holds the whole voice too");
    }

    private static TimeFrequencyMask Columns()
    {
        TimeFrequencyMask mask = new(128, 141);
        for (int bin = 0; bin < 128; bin++)
            mask.Span.Slice((bin * 141) + First, Last - First + 1).Fill(true);
        return mask;
    }

    private static AudioClip Clip(float[] part, float[] rest) => new(new float[][] { rest[..Start], part[Start..End], rest[End..] }.SelectMany(piece => piece).ToArray(), Rate);

    private static float[] Tone(double hertz, double amplitude) => [.. TestSounds.Tones(72000, Rate, hertz).Select(x => (float)(x * amplitude / 0.3))];

    private static double Power(PartCues part) => Math.Pow(10, part.Level!.Value / 10);

    private static double MeanSquare(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
            sum += (double)sample * sample;
        return sum / samples.Length;
    }
}
