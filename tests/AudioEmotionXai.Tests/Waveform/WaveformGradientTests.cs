using System.Numerics.Tensors;

namespace AudioEmotionXai.Tests;

/// <summary>The gradient at the samples, against central differences of the joined model's own logits in random directions.</summary>
public sealed class WaveformGradientTests
{
    private const int Directions = 12;
    private const int Pairs = 8;

    [TestCaseSource(typeof(LogMelGraphTests), nameof(LogMelGraphTests.Variants))]
    public void ASmoothModelsGradientIsTheSlopeInRandomDirections(LogMelOptions options)
    {
        FrontEndContract contract = WaveformModels.ContractOf(options);
        using AudioClassifier model = TinyModels.Load(WaveformModel.Join(WaveformModels.Smooth(contract), contract));
        // Noise is nowhere near the floor, whose edge has no derivative
        float[] samples = WaveformSounds.Noise(options.SampleCount, 5, 0.2);
        Assert.That(Disagreement(model, samples, step: 2e-4), Is.LessThanOrEqualTo(1e-2));
    }

    /// <summary>
    /// Where directions have random signs the slope is a small difference of large numbers: the logits' last bits, and units of the network that switch within
    /// the step, weigh up to 2e-2 of it. Random sizes with the gradient's signs do not have that.
    /// </summary>
    [TestCase(false, 2e-6, 2e-2)]
    [TestCase(true, 2e-7, 1e-2)]
    public void TheBundledModelsGradientIsTheSlope(bool withItsSigns, double step, double tolerance)
    {
        using AudioClassifier spectrograms = AudioClassifier.Load(BundledModel.Path);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        LogMelOptions options = model.FrontEnd!.Options;
        Assert.That(Disagreement(model, WaveformSounds.Voice(options.SampleCount, options.SampleRate), step, withItsSigns), Is.LessThanOrEqualTo(tolerance));
    }

    [Test]
    public void TheBundledModelsGradientIsTheSlopeOnSharedClips()
    {
        using AudioClassifier spectrograms = AudioClassifier.Load(BundledModel.Path);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        foreach (string file in Directory.GetFiles(SharedData.Require("data/wav"), "*.wav").Order().Where((_, index) => index % 6 == 0))
            Assert.That(Disagreement(model, model.FrontEnd!.ToSamples(WavReader.Read(file)).Span.ToArray(), step: 2e-7, withItsSigns: true), Is.LessThanOrEqualTo(1e-2), Path.GetFileName(file));
    }

    [Test]
    public void SilenceAndCellsAtTheFloorHaveNoGradientAndNoNaN()
    {
        foreach (LogMelOptions options in LogMelGraphTests.Variants())
        {
            FrontEndContract contract = WaveformModels.ContractOf(options);
            using AudioClassifier model = TinyModels.Load(WaveformModel.Join(WaveformModels.Smooth(contract), contract));
            foreach ((string name, float[] samples) in WaveformSounds.Various(options.SampleCount, options.SampleRate))
            {
                FloatTensor map = new Gradient().Attribute(model, new FloatTensor(samples, 1, samples.Length)).Map;
                Assert.That(float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(map.Span)), name);
                if (name == "silence")
                    Assert.That(map.Span.ToArray(), Is.All.Zero);
            }
        }
    }

    [Test]
    public void WhatIsMeasuredAgainstTheClipsMaximumDoesNotDependOnTheLevel()
    {
        using AudioClassifier spectrograms = AudioClassifier.Load(BundledModel.Path);
        using AudioClassifier model = spectrograms.WithWaveformInput();
        LogMelOptions options = model.FrontEnd!.Options;
        FloatTensor map = new InputXGradient().Attribute(model, new FloatTensor(WaveformSounds.Voice(options.SampleCount, options.SampleRate), 1, options.SampleCount)).Map;
        // Euler: a function of degree 0 has x·grad = 0
        Assert.That(Math.Abs(TensorPrimitives.Sum<float>(map.Span)), Is.LessThan(1e-3 * TensorPrimitives.SumOfMagnitudes<float>(map.Span)));
    }

    /// <summary>The root mean square difference of slopes and gradient, over random directions, relative to the slopes'.</summary>
    internal static double Disagreement(AudioClassifier model, float[] samples, double step, bool withItsSigns = false)
    {
        FloatTensor input = new(samples, 1, samples.Length);
        AttributionResult result = new Gradient().Attribute(model, input);
        double difference = 0, size = 0;
        for (int direction = 0; direction < Directions; direction++)
        {
            float[] along = WaveformSounds.Noise(samples.Length, 100 + direction, 1);
            // Louder where the clip is, so that no step is large against what it changes
            for (int i = 0; i < along.Length; i++)
                along[i] = withItsSigns ? MathF.CopySign(along[i] * samples[i], result.Map.Span[i]) : along[i] * samples[i];
            (double found, double expected) = Change(model, input, along, step, result);
            difference += (found - expected) * (found - expected);
            size += found * found;
        }

        double relative = Math.Sqrt(difference / size);
        TestContext.Out.WriteLine(FormattableString.Invariant($"relative difference {relative:E2}"));
        return relative;
    }

    /// <summary>
    /// What the score changes over several symmetric pairs of points, the outer ones weighing more as in a line's fit, and what the gradient says of the
    /// very same points: as float32 holds them, which is not quite where the step led.
    /// </summary>
    private static (double Found, double Expected) Change(AudioClassifier model, FloatTensor input, float[] along, double step, AttributionResult result)
    {
        FloatTensor points = new(2 * Pairs, input.Length);
        for (int pair = 1; pair <= Pairs; pair++)
        {
            FillLine(points.Item((2 * pair) - 2).Span, input.Span, along, pair * step);
            FillLine(points.Item((2 * pair) - 1).Span, input.Span, along, -pair * step);
        }

        FloatTensor logits = model.Logits(points);
        double found = 0, expected = 0;
        for (int pair = 1; pair <= Pairs; pair++)
        {
            (int above, int below) = ((2 * pair) - 2, (2 * pair) - 1);
            found += pair * ((double)logits.Item(above).Span[result.Targets[0]] - logits.Item(below).Span[result.Targets[0]]);
            expected += pair * Dot(result.Map.Span, points.Item(above).Span, points.Item(below).Span);
        }

        return (found, expected);
    }

    private static void FillLine(Span<float> point, ReadOnlySpan<float> from, float[] along, double step)
    {
        for (int i = 0; i < point.Length; i++)
            point[i] = (float)(from[i] + (step * along[i]));
    }

    private static double Dot(ReadOnlySpan<float> gradient, ReadOnlySpan<float> above, ReadOnlySpan<float> below)
    {
        double sum = 0;
        for (int i = 0; i < gradient.Length; i++)
            sum += gradient[i] * ((double)above[i] - below[i]);
        return sum;
    }
}
