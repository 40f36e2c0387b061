using System.Numerics.Tensors;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Attribution.Perturbation;

/// <summary>How often each cell lies at or below a percentile under noise: the silence map's work.</summary>
internal static class QuietCells
{
    public static double[] Map(ReadOnlySpan<float> item, int samples, double noise, double percentile, uint seed, CancellationToken cancellationToken)
    {
        double[] scaled = ScaleToUnit(item);
        double[] noisy = new double[scaled.Length];
        int[] counts = new int[scaled.Length];
        NumPyRandom random = new(seed);
        PercentileFinder finder = new(scaled.Length, percentile);
        for (int sample = 0; sample < samples; sample++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.FillNormal(noisy, 0, noise);
            TensorPrimitives.Add(noisy, scaled, noisy);
            TensorPrimitives.Clamp(noisy, 0.0, 1.0, noisy);
            double threshold = finder.Find(noisy);
            for (int i = 0; i < noisy.Length; i++)
                counts[i] += noisy[i] <= threshold ? 1 : 0;
        }

        return Array.ConvertAll(counts, count => (double)count / samples);
    }

    private static double[] ScaleToUnit(ReadOnlySpan<float> item)
    {
        double[] scaled = new double[item.Length];
        TensorPrimitives.ConvertTruncating(item, scaled);
        double least = TensorPrimitives.Min<double>(scaled), most = TensorPrimitives.Max<double>(scaled);
        TensorPrimitives.Subtract(scaled, least, scaled);
        TensorPrimitives.Divide(scaled, most - least + 1e-10, scaled);
        return scaled;
    }
}
