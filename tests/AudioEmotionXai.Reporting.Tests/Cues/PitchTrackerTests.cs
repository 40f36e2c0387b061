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

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(900)]
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
