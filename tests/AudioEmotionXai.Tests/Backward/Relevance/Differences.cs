using System.Globalization;

namespace AudioEmotionXai.Tests;

/// <summary>How far two arrays are apart: by the largest cell, as a whole, and in direction.</summary>
internal sealed record Differences(double OfLargest, double RelativeL2, double Cosine, int Worst)
{
    public static Differences Between(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length));
        double largest = 0, distance = 0, squares = 0, own = 0, product = 0, difference = -1;
        int worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double d = Math.Abs((double)actual[i] - expected[i]);
            if (!(d <= difference))
                (difference, worst) = (d, i);
            largest = Math.Max(largest, Math.Abs(expected[i]));
            distance += d * d;
            squares += (double)expected[i] * expected[i];
            own += (double)actual[i] * actual[i];
            product += (double)actual[i] * expected[i];
        }

        return new Differences(difference / largest, Math.Sqrt(distance / squares), product / Math.Sqrt(own * squares), worst);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"worst cell {Worst}: {OfLargest:0.0e+0} of the largest; L2 {RelativeL2:0.0e+0}; cosine {Cosine}");
}
