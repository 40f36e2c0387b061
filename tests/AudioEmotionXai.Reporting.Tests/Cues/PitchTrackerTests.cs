namespace AudioEmotionXai.Reporting.Tests;

public sealed class PitchTrackerTests
{
    private static readonly double[][] s_vowels = [[700, 1220, 2600], [300, 870, 2240], [270, 2290, 3010], [530, 1840, 2480]];

    private static IEnumerable<TestCaseData> Voices =>
        from vowel in s_vowels
        from hertz in new[] { 85.0, 131, 210.5, 333, 480 }
        from rate in new[] { 8000, 24000 }
        select new TestCaseData(vowel, hertz, rate);

    [TestCaseSource(nameof(Voices))]
    public void EveryFrameOfAGeneratedVowelHasItsPitch(double[] formants, double hertz, int rate)
    {
        float[] voice = new GeneratedVoice(rate) { Formants = formants, Jitter = 0.005, Shimmer = 0.03 }.Speak(0.7, _ => hertz);
        PitchFrame[] frames = PitchTracker.Track(new AudioClip(voice, rate), new PitchOptions());
        Assert.That(frames, Has.Length.EqualTo(66).Within(1));
        Assert.That(frames.Skip(3).Select(frame => frame.Hertz), Is.All.EqualTo(hertz).Within(2).Percent);
    }

    [Test]
    public void AToneIsFoundToATenthOfAPercent([Values(62, 99.9, 220, 440.5, 595)] double hertz, [Values(16000, 24000, 44100)] int rate)
    {
        PitchFrame[] frames = PitchTracker.Track(new AudioClip(TestSounds.Tones(rate / 3, rate, hertz), rate), new PitchOptions());
        Assert.That(frames.Select(frame => frame.Hertz), Is.Not.Empty.And.All.EqualTo(hertz).Within(0.1).Percent);
    }

    [Test]
    public void AGlideIsFollowedWithoutDelay()
    {
        // The pitch rises from 120 to 240 Hz in a second: one octave
        static double Hertz(double seconds) => 120 * Math.Pow(2, seconds);
        float[] voice = new GeneratedVoice(24000).Speak(1, Hertz);
        foreach (PitchFrame frame in PitchTracker.Track(new AudioClip(voice, 24000), new PitchOptions()).Skip(3))
            Assert.That(frame.Hertz, Is.EqualTo(Hertz(frame.Seconds)).Within(1.5).Percent, $"at {frame.Seconds} s");
    }

    [Test]
    public void NoiseHasNoPitch()
    {
        PitchFrame[] frames = PitchTracker.Track(new AudioClip(TestSounds.Noise(48000), 24000), new PitchOptions());
        Assert.That(frames, Is.Not.Empty.And.All.Matches<PitchFrame>(frame => !frame.IsVoiced && !frame.IsSilent));
    }

    [Test]
    public void SilenceIsSilentAndAQuietPauseTooButNoVoice()
    {
        Assert.That(PitchTracker.Track(new AudioClip(new float[24000], 24000), new PitchOptions()), Is.Not.Empty.And.All.Matches<PitchFrame>(frame => frame.IsSilent && !frame.IsVoiced));
        float[] tone = TestSounds.Tones(48000, 24000, 200);
        for (int i = 24000; i < 48000; i++)
            tone[i] *= 0.001f;
        PitchFrame[] frames = PitchTracker.Track(new AudioClip(tone, 24000), new PitchOptions());
        foreach (PitchFrame frame in frames.Where(frame => Math.Abs(frame.Seconds - 1) > 0.03))
            Assert.That(frame.IsSilent, Is.EqualTo(frame.Seconds > 1), $"at {frame.Seconds} s");
    }

    /// <summary>Low and creaky voices: every period by some hundredths longer or shorter than wanted, and three
    /// times as much louder or quieter. With 8 % neighbouring periods differ by a semitone and a half, and no more than three quarters of the
    /// frames are asked for.</summary>
    [Test]
    public void ACreakyVoiceIsVoicedAndHasItsPitch([Values(63, 70, 82, 95, 110, 120)] double hertz, [Values(0.02, 0.05, 0.08)] double jitter)
    {
        float[] voice = new GeneratedVoice(24000) { Jitter = jitter, Shimmer = 3 * jitter }.Speak(2, _ => hertz);
        PitchFrame[] frames = PitchTracker.Track(new AudioClip(voice, 24000), new PitchOptions());
        double[] found = [.. frames.Where(frame => frame.IsVoiced).Select(frame => 12 * Math.Log2(frame.Hertz / hertz)).Order()];
        double voiced = (double)found.Length / frames.Length;
        TestContext.Out.WriteLine(FormattableString.Invariant($"voiced {voiced:0.000}, low {found[found.Length / 10]:0.00}, median {found[found.Length / 2]:0.00}, high {found[found.Length * 9 / 10]:0.00} semitones"));
        Assert.That(voiced, Is.GreaterThan(jitter < 0.08 ? 0.9 : 0.75));
        Assert.That(found[found.Length / 2], Is.EqualTo(0).Within(12 * Math.Log2(1 + jitter)), "the median within a period's spread");
        Assert.That(found[found.Length / 10], Is.GreaterThan(-2));
        Assert.That(found[found.Length * 9 / 10], Is.LessThan(2));
    }

    [Test]
    public void AVoiceThatGetsCreakyAtItsEndIsVoicedToItsEnd()
    {
        // From 180 Hz to 75 Hz in a second, then half a second of creak at 75 Hz
        static double Hertz(double seconds) => seconds < 1 ? 180 * Math.Pow(75.0 / 180, seconds) : 75;
        float[] voice = new GeneratedVoice(24000) { Jitter = 0.04, Shimmer = 0.15 }.Speak(1.5, Hertz);
        PitchFrame[] frames = PitchTracker.Track(new AudioClip(voice, 24000), new PitchOptions());
        Assert.That(frames.Count(frame => frame.IsVoiced), Is.GreaterThan(0.9 * frames.Length));
        double[] end = [.. frames.Where(frame => frame.IsVoiced && frame.Seconds > 1.05).Select(frame => frame.Hertz).Order()];
        Assert.That(end[end.Length / 2], Is.EqualTo(75).Within(4).Percent);
    }

    [Test]
    public void ShorterStepsDoNotChangeWhatIsVoiced()
    {
        float[] voice = new GeneratedVoice(24000) { Jitter = 0.03, Shimmer = 0.1 }.Speak(1, _ => 90);
        float[] sound = [.. voice, .. TestSounds.Noise(12000).Select(x => 0.1f * x)];
        double Voiced(double hop) =>
            PitchTracker.Track(new AudioClip(sound, 24000), new PitchOptions { HopSeconds = hop }).Count(frame => frame.IsVoiced) * hop;
        Assert.That(Voiced(0.0025), Is.EqualTo(Voiced(0.01)).Within(0.04));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1100)]
    public void AClipShorterThanAFrameHasNone(int samples) =>
        Assert.That(PitchTracker.Track(new AudioClip(TestSounds.Noise(samples), 24000), new PitchOptions()), Is.Empty);

    [Test]
    public void AFrameOfAnotherPitchByChanceDoesNotLeap()
    {
        PitchPath path = new();
        for (int frame = 0; frame < 7; frame++)
            path.Add([new PitchCandidate(0, 0.3), new PitchCandidate(100, frame == 3 ? 0.12 : 0.02), new PitchCandidate(50, frame == 3 ? 0.02 : 0.12)]);
        Assert.That(path.Trace(), Is.All.EqualTo(100));
    }
}
