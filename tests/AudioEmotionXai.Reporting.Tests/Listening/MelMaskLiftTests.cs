using MathNet.Numerics.LinearAlgebra;

namespace AudioEmotionXai.Reporting.Tests;

public sealed class MelMaskLiftTests
{
    private static readonly LogMelOptions s_options = new() { SampleRate = 8000, FftSize = 256, HopLength = 64, MelBins = 21, MaximumFrequency = 4000 };

    [Test]
    public void WhereNothingIsClippedTheLiftIsThePseudoInverses()
    {
        double[] mel = [.. Enumerable.Range(0, 21).Select(bin => 0.5 + (0.2 * Math.Sin(bin)))];
        Vector<double> start = PlainMaskedSound.Interpolate(mel, s_options), mask = Vector<double>.Build.DenseOfArray(mel);
        Matrix<double> rows = PlainMaskedSound.Rows(s_options);
        Vector<double> exact = start + (rows.PseudoInverse() * (mask - (rows * start)));
        Assert.That(exact, Has.All.InRange(0.0, 1.0), "nothing to clip");
        double[] smoothed = [.. exact.Select((value, k) => (0.25 * exact[Math.Max(0, k - 1)]) + (0.5 * value) + (0.25 * exact[Math.Min(exact.Count - 1, k + 1)]))];
        Assert.That(Lift(s_options, mel), Is.EqualTo(smoothed).Within(5e-3));
    }

    [Test]
    public void InsideOfAPatchOfOnesThereIsNoDip()
    {
        double[] mel = new double[21];
        mel.AsSpan(8, 5).Fill(1);
        double[] lifted = Lift(s_options, mel);
        ReadOnlySpan<double> centres = TimeFrequencyAxes.Of(s_options).BinCentres.Span;
        for (int k = 0; k < lifted.Length; k++)
            if (k * 8000.0 / 256 > centres[8] + 35 && k * 8000.0 / 256 < centres[12] - 35)
                Assert.That(lifted[k], Is.EqualTo(1).Within(1e-12), $"frequency {k}");
            else if (k * 8000.0 / 256 < centres[6] || k * 8000.0 / 256 > centres[14])
                Assert.That(lifted[k], Is.LessThan(0.2), $"frequency {k}");
    }

    [Test]
    public void TrianglesTooNarrowForAnyFrequencyDoNoHarm()
    {
        LogMelOptions crowded = s_options with { FftSize = 32, MelBins = 60 };
        double[] mel = [.. Enumerable.Range(0, 60).Select(bin => bin < 30 ? 1.0 : 0)];
        double[] lifted = Lift(crowded, mel);
        Assert.That(lifted, Has.All.InRange(0.0, 1.0));
        Assert.That(lifted[0], Is.EqualTo(1));
        Assert.That(lifted[^1], Is.Zero);
    }

    private static double[] Lift(LogMelOptions options, double[] mel)
    {
        double[] linear = new double[(options.FftSize / 2) + 1];
        new MelMaskLift(options).Lift(mel, linear);
        return linear;
    }
}
