using System.Numerics.Tensors;

namespace AudioEmotionXai.Evaluation;

/// <summary>Makes what masked cells are filled with: one value for each of the clip's.</summary>
internal static class SampleFill
{
    /// <summary>The standard deviation of the blur, in cells, or samples where a clip is samples.</summary>
    public const double BlurSigma = 6;

    /// <summary>The fill of a clip. The smallest value of a clip of samples is silence.</summary>
    /// <param name="kind">Which fill.</param>
    /// <param name="sample">The clip's values, channel by channel.</param>
    /// <param name="grid">How they lie.</param>
    /// <param name="random">Drawn from by noise alone.</param>
    public static float[] Create(FillKind kind, ReadOnlySpan<float> sample, InputGrid grid, KeyedRandom random)
    {
        float[] fill = new float[sample.Length];
        switch (kind)
        {
            case FillKind.Minimum:
                fill.AsSpan().Fill(grid.Samples > 0 ? 0 : TensorPrimitives.Min(sample));
                break;
            case FillKind.Mean:
                fill.AsSpan().Fill((float)Mean(sample));
                break;
            case FillKind.Blur:
                Blur(sample, fill, grid.Samples > 0 ? new InputGrid(1, 1, grid.Samples) : grid);
                break;
            case FillKind.Noise:
                DrawNoise(sample, fill, random);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such fill.");
        }

        return fill;
    }

    /// <summary>The mean, summed in double.</summary>
    public static double Mean(ReadOnlySpan<float> values) => Sums.Of(values) / values.Length;

    private static void DrawNoise(ReadOnlySpan<float> sample, Span<float> fill, KeyedRandom random)
    {
        double mean = Mean(sample), squares = 0;
        foreach (float value in sample)
            squares += (value - mean) * (value - mean);
        double deviation = Math.Sqrt(squares / sample.Length);
        for (int i = 0; i < fill.Length; i++)
            fill[i] = (float)(mean + (deviation * random.NextNormal()));
    }

    private static void Blur(ReadOnlySpan<float> sample, Span<float> fill, InputGrid grid)
    {
        double[] kernel = Kernel();
        float[] half = new float[grid.Cells];
        for (int channel = 0; channel < grid.Channels; channel++)
        {
            ReadOnlySpan<float> plane = sample.Slice(channel * grid.Cells, grid.Cells);
            Convolve(plane, half, kernel, lines: grid.Bins, lineStep: grid.Frames, length: grid.Frames, step: 1);
            Convolve(
                half, fill.Slice(channel * grid.Cells, grid.Cells), kernel, lines: grid.Frames, lineStep: 1, length: grid.Bins,
                step: grid.Frames);
        }
    }

    private static void Convolve(
        ReadOnlySpan<float> source, Span<float> target, double[] kernel, int lines, int lineStep, int length, int step)
    {
        int radius = kernel.Length / 2;
        for (int line = 0; line < lines; line++)
            for (int i = 0; i < length; i++)
            {
                double sum = 0;
                for (int k = -radius; k <= radius; k++)
                    sum += kernel[k + radius] * source[(line * lineStep) + (Mirror(i + k, length) * step)];
                target[(line * lineStep) + (i * step)] = (float)sum;
            }
    }

    private static double[] Kernel()
    {
        int radius = (int)Math.Ceiling(3 * BlurSigma);
        double[] kernel = new double[(2 * radius) + 1];
        double sum = 0;
        for (int k = -radius; k <= radius; k++)
            sum += kernel[k + radius] = Math.Exp(-k * k / (2 * BlurSigma * BlurSigma));
        for (int k = 0; k < kernel.Length; k++)
            kernel[k] /= sum;
        return kernel;
    }

    // Half-sample mirror, repeated as often as a kernel longer than the axis needs.
    private static int Mirror(int index, int length)
    {
        int period = 2 * length;
        int place = ((index % period) + period) % period;
        return place < length ? place : period - 1 - place;
    }
}
