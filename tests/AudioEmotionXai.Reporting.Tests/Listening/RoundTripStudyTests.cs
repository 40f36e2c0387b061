namespace AudioEmotionXai.Reporting.Tests;

/// <summary>The bundled model and 30 recordings of its test set: does what a method calls important carry the decision when it is heard?</summary>
[Long]
public sealed class RoundTripStudyTests
{
    private static readonly string[] s_methods = ["gradient", "lrp", "lrp rules=epsilon", "gradcam layer=layer3", "gradcam"];

    [Test]
    public void ForGradientsRemovingTheImportantPartBySoundCostsMoreThanARandomPartInFourOfFiveClips()
    {
        AudioClip[] clips = Clips();
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
        foreach (string method in s_methods)
        {
            RoundTrip[] trips = [.. clips.Select(clip => AudibleExplanation.Create(model, clip, AttributionMethods.Parse(method)).RoundTrip)];
            double share = trips.Average(trip => trip.Drop > trip.RandomDrop ? 1 : 0.0);
            TestContext.Out.WriteLine(FormattableString.Invariant($"{method,-22} falls more than without a random part: {trips.Count(trip => trip.Drop > trip.RandomDrop)}, survives: {trips.Count(trip => trip.Survives == true)}, keeps: {trips.Count(trip => trip.KeepsDecision)}, mean fall {trips.Average(trip => trip.Drop):0.000} against {trips.Average(trip => trip.RandomDrop):0.000}"));
            if (method == "gradient")
                Assert.That(share, Is.GreaterThanOrEqualTo(0.8));
        }
    }

    [Test]
    public void AMaskOfOnesReturnsEveryRecordingThroughA16BitFileWithSixtyDecibels()
    {
        AudibleMask audible = new();
        TimeFrequencyMap ones = new(audible.Options.MelBins, audible.Options.FrameCount);
        ones.Span.Fill(1);
        double worst = double.PositiveInfinity, worstBefore = double.PositiveInfinity;
        foreach (AudioClip clip in Clips())
        {
            AudioClip sound = audible.Apply(clip, ones);
            using MemoryStream file = new();
            WavWriter.Write(file, sound);
            file.Position = 0;
            worstBefore = Math.Min(worstBefore, TestSounds.SignalToNoise(audible.Heard(clip).Samples.Span, sound.Samples.Span));
            worst = Math.Min(worst, TestSounds.SignalToNoise(audible.Heard(clip).Samples.Span, WavReader.Read(file, "file").Samples.Span));
        }

        TestContext.Out.WriteLine(FormattableString.Invariant($"worst signal-to-noise ratio: {worstBefore:0.0} dB as samples, {worst:0.0} dB through the file"));
        Assert.That(worst, Is.GreaterThanOrEqualTo(60));
    }

    private static AudioClip[] Clips() =>
        [.. Directory.GetFiles(SharedData.Require("data/wav"), "*.wav").Order(StringComparer.Ordinal).Select(file => WavReader.Read(file))];
}
