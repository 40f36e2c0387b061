using System.Globalization;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Pitch of 30 recordings against Praat's autocorrelation method, 60 to 600 Hz, everything else by default.</summary>
public sealed class PraatComparisonTests
{
    /// <summary>Praat's steps are 12.5 ms, ours 10 ms, and its peaks are interpolated by a sinc: 10 % of voiced time and 2 semitones at an
    /// end of the range, where a single octave leap of a creaky voice counts, are what listeners' own labels differ by.</summary>
    [Test]
    public void VoicedTimeIsPraatsWithinTenPercentAndTheRangesEndsWithinTwoSemitonesOnNineOfTen()
    {
        int clips = 0, ends = 0;
        foreach (string[] line in File.ReadLines(SharedData.Fixture("praat_pitch.csv")).Skip(1).Select(line => line.Split(',')))
        {
            AudioClip clip = new AudibleMask().Heard(WavReader.Read(SharedData.Require($"data/wav/{line[0]}.wav")));
            double[] praat = [.. line[1..].Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            double[] found = [.. PitchTracker.Track(clip, new PitchOptions()).Where(frame => frame.IsVoiced).Select(frame => frame.Hertz)];
            double[] alike = [.. found.Select(_ => 1.0)];
            double Apart(double share, double hertz) => 12 * Math.Log2(WeightedStatistics.Quantile(found, alike, share) / hertz);
            (double low, double median, double high) = (Apart(0.1, praat[1]), Apart(0.5, praat[2]), Apart(0.9, praat[3]));
            double voiced = 0.01 * found.Length;
            TestContext.Out.WriteLine(FormattableString.Invariant($"| {line[0]} | {praat[0]:0.00} | {voiced:0.00} | {low:+0.0;-0.0;0.0} | {median:+0.0;-0.0;0.0} | {high:+0.0;-0.0;0.0} |"));
            Assert.That(voiced, Is.EqualTo(praat[0]).Within(10).Percent, line[0]);
            Assert.That(Math.Abs(median), Is.LessThan(2), line[0]);
            clips++;
            ends += Math.Max(Math.Abs(low), Math.Abs(high)) <= 2 ? 1 : 0;
        }

        Assert.That(clips, Is.EqualTo(30));
        Assert.That(ends, Is.GreaterThanOrEqualTo(27));
    }
}
