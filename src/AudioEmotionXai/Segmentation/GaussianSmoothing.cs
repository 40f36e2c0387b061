namespace AudioEmotionXai;

/// <summary>A Gaussian blur with mirrored edges, bit for bit as SciPy's <c>ndimage.gaussian_filter(mode="reflect", truncate=4)</c> over the
/// axes (1, bins, frames).</summary>
internal static class GaussianSmoothing
{
    public static void Apply(double[] image, int bins, int frames, double sigma)
    {
        double[] weights = Weights(sigma);
        double[] line = new double[Math.Max(bins, frames)];
        // scikit-image blurs the axis of length 1, too: no change but for the last bit
        for (int i = 0; i < image.Length; i++)
            Blur(image, i, 1, 1, weights, line);
        for (int frame = 0; frame < frames; frame++)
            Blur(image, frame, bins, frames, weights, line);
        for (int bin = 0; bin < bins; bin++)
            Blur(image, bin * frames, frames, 1, weights, line);
    }

    /// <summary>The centre's weight and those to its right; the sum is formed in NumPy's order.</summary>
    private static double[] Weights(double sigma)
    {
        int radius = (int)((4 * sigma) + 0.5);
        double[] all = new double[(2 * radius) + 1];
        for (int i = -radius; i <= radius; i++)
            all[i + radius] = Math.Exp(-0.5 / (sigma * sigma) * i * i);
        double sum = PairwiseSum(all);
        double[] weights = new double[radius + 1];
        for (int i = 0; i <= radius; i++)
            weights[i] = all[radius + i] / sum;
        return weights;
    }

    private static double PairwiseSum(ReadOnlySpan<double> values)
    {
        if (values.Length > 128)
        {
            int half = values.Length / 2 / 8 * 8;
            return PairwiseSum(values[..half]) + PairwiseSum(values[half..]);
        }

        Span<double> lanes = stackalloc double[8];
        lanes.Clear();
        int whole = values.Length / 8 * 8;
        for (int i = 0; i < whole; i++)
            lanes[i % 8] += values[i];
        double sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]));
        for (int i = whole; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    private static void Blur(double[] image, int start, int count, int stride, double[] weights, double[] line)
    {
        for (int i = 0; i < count; i++)
            line[i] = image[start + (i * stride)];
        for (int i = 0; i < count; i++)
        {
            double sum = line[i] * weights[0];
            for (int away = weights.Length - 1; away > 0; away--)
                sum += (line[Mirror(i - away, count)] + line[Mirror(i + away, count)]) * weights[away];
            image[start + (i * stride)] = sum;
        }
    }

    /// <summary>d c b a | a b c d | d c b a.</summary>
    private static int Mirror(int index, int count)
    {
        int period = 2 * count;
        int within = ((index % period) + period) % period;
        return within < count ? within : period - 1 - within;
    }
}
