namespace AudioEmotionXai.TestKit;

/// <summary>The front ends of deployed models written down from their public definitions: a sum over samples for every frequency, whole filter matrices, double
/// precision, nothing shared with the product.</summary>
internal static class PlainFrontEnds
{
    /// <summary>Whisper: mirrored ends, FFT 400, hop 160, periodic Hann, power, Slaney; the last frame dropped; log10, 8 below the largest, (x + 4) / 4.</summary>
    public static double[,] Whisper(double[] samples, int mels)
    {
        int frames = samples.Length / 160;
        double[,] features = new double[mels, frames];
        double[][] filters = SlaneyFilters(mels, 400, 16000, 0, 8000);
        double[] window = Hann(400, 400);
        double largest = double.NegativeInfinity;
        for (int t = 0; t < frames; t++)
        {
            double[] frame = new double[400];
            for (int n = 0; n < 400; n++)
                frame[n] = window[n] * samples[Mirrored((t * 160) - 200 + n, samples.Length)];
            double[] power = Power(frame, 400);
            for (int m = 0; m < mels; m++)
            {
                features[m, t] = Math.Log10(Math.Max(1e-10, Dot(filters[m], power)));
                largest = Math.Max(largest, features[m, t]);
            }
        }

        return Map(features, x => (Math.Max(x, largest - 8) + 4) / 4);
    }

    /// <summary>AST: Kaldi's filter bank, zeros after the last frame, then normalised.</summary>
    public static double[,] Ast(double[] samples, int? length, double mean = -4.2677393, double deviation = 4.5689974)
    {
        int frames = 1 + ((samples.Length - 400) / 160);
        double[,] features = new double[128, length ?? frames];
        double[][] filters = MelSlopedFilters(128, 20, 8000);
        double[] window = Hann(400, 399);
        for (int t = 0; t < Math.Min(frames, features.GetLength(1)); t++)
        {
            double[] frame = [.. samples.Skip(t * 160).Take(400)];
            double level = frame.Average();
            double[] centred = [.. frame.Select(x => x - level)];
            double[] emphasised = [.. centred.Select((x, n) => x - (0.97 * centred[Math.Max(0, n - 1)]))];
            double[] power = Power([.. emphasised.Select((x, n) => x * window[n])], 512);
            for (int m = 0; m < 128; m++)
                features[m, t] = Math.Log(Math.Max(Math.Pow(2, -23), Dot(filters[m], power)));
        }

        return Map(features, x => (x - mean) / (2 * deviation));
    }

    /// <summary>YAMNet: zeros to whole patches, or to one where <paramref name="isOne"/>; periodic Hann, FFT 512, magnitude, HTK mels, ln(x + 0.001).</summary>
    public static double[,] Yamnet(double[] samples, bool isOne = false)
    {
        const int patch = 15600, hop = 7680;
        int count = patch;
        while (!isOne && count < samples.Length)
            count += hop;
        double[] padded = [.. samples.Take(count), .. new double[Math.Max(0, count - samples.Length)]];
        int frames = 1 + ((count - 400) / 160);
        double[,] features = new double[64, frames];
        double[][] filters = MelSlopedFilters(64, 125, 7500);
        double[] window = Hann(400, 400);
        for (int t = 0; t < frames; t++)
        {
            double[] magnitude = [.. Power([.. Enumerable.Range(0, 400).Select(n => padded[(t * 160) + n] * window[n])], 512).Select(Math.Sqrt)];
            for (int m = 0; m < 64; m++)
                features[m, t] = Math.Log(Dot(filters[m], magnitude) + 0.001);
        }

        return features;
    }

    /// <summary>MFCC: the orthonormal DCT-II over dB mels (centred with zeros, FFT 2048, hop 512, 128 Slaney mels, 80 dB below the loudest).</summary>
    public static double[,] Mfcc(double[] samples, int rate, int count)
    {
        int frames = 1 + (samples.Length / 512);
        double[,] decibels = new double[128, frames];
        double[][] filters = SlaneyFilters(128, 2048, rate, 0, rate / 2.0);
        double[] window = Hann(2048, 2048);
        double loudest = double.NegativeInfinity;
        for (int t = 0; t < frames; t++)
        {
            double[] frame = [.. Enumerable.Range((t * 512) - 1024, 2048).Select((place, n) => place >= 0 && place < samples.Length ? samples[place] * window[n] : 0)];
            double[] power = Power(frame, 2048);
            for (int m = 0; m < 128; m++)
            {
                decibels[m, t] = 10 * Math.Log10(Math.Max(1e-10, Dot(filters[m], power)));
                loudest = Math.Max(loudest, decibels[m, t]);
            }
        }

        double[,] coefficients = new double[count, frames];
        for (int k = 0; k < count; k++)
            for (int t = 0; t < frames; t++)
                for (int m = 0; m < 128; m++)
                    coefficients[k, t] += Math.Sqrt((k == 0 ? 1 : 2) / 128.0) * Math.Max(decibels[m, t], loudest - 80) * Math.Cos(Math.PI / 128 * (m + 0.5) * k);
        return coefficients;
    }

    /// <summary>wav2vec 2.0: mean 0, variance 1.</summary>
    public static double[,] Wav2Vec2(double[] samples)
    {
        double mean = samples.Average(), variance = samples.Average(x => (x - mean) * (x - mean));
        double[,] normalised = new double[1, samples.Length];
        for (int i = 0; i < samples.Length; i++)
            normalised[0, i] = (samples[i] - mean) / Math.Sqrt(variance + 1e-7);
        return normalised;
    }

    private static int Mirrored(int place, int count) => place < 0 ? -place : place >= count ? (2 * count) - 2 - place : place;

    private static double[] Hann(int count, int period) => [.. Enumerable.Range(0, count).Select(n => 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / period)))];

    /// <summary>Squared magnitudes of a frame that zeros fill up, by the sum that defines them.</summary>
    private static double[] Power(double[] frame, int size)
    {
        (double Sine, double Cosine)[] circle = [.. Enumerable.Range(0, size).Select(i => Math.SinCos(2 * Math.PI * i / size))];
        double[] power = new double[(size / 2) + 1];
        for (int k = 0; k < power.Length; k++)
        {
            double real = 0, imaginary = 0;
            for (int n = 0; n < frame.Length; n++)
            {
                (double sine, double cosine) = circle[k * n % size];
                real += frame[n] * cosine;
                imaginary -= frame[n] * sine;
            }

            power[k] = (real * real) + (imaginary * imaginary);
        }

        return power;
    }

    /// <summary>Triangles that are straight in hertz, of equal area, equally spaced on Slaney's scale.</summary>
    private static double[][] SlaneyFilters(int mels, int size, int rate, double low, double high)
    {
        double[] edges = [.. Edges(mels, ToSlaney(low), ToSlaney(high)).Select(FromSlaney)];
        return [.. Enumerable.Range(0, mels).Select(m => (double[])
        [
            .. Enumerable.Range(0, (size / 2) + 1).Select(k => 2 / (edges[m + 2] - edges[m]) * Triangle((double)k * rate / size, edges[m], edges[m + 1], edges[m + 2])),
        ])];
    }

    /// <summary>Triangles that are straight in mel and peak at 1, equally spaced on HTK's scale; FFT 512 at 16 kHz.</summary>
    private static double[][] MelSlopedFilters(int mels, double low, double high)
    {
        double[] edges = Edges(mels, ToHtk(low), ToHtk(high));
        return [.. Enumerable.Range(0, mels).Select(m => (double[])
        [
            .. Enumerable.Range(0, 257).Select(k => Triangle(ToHtk(k * 31.25), edges[m], edges[m + 1], edges[m + 2])),
        ])];
    }

    private static double[] Edges(int mels, double low, double high) => [.. Enumerable.Range(0, mels + 2).Select(i => low + ((high - low) * i / (mels + 1)))];

    private static double Triangle(double x, double left, double peak, double right) => Math.Max(0, Math.Min((x - left) / (peak - left), (right - x) / (right - peak)));

    private static double ToHtk(double hertz) => 1127 * Math.Log(1 + (hertz / 700));

    private static double ToSlaney(double hertz) => hertz < 1000 ? hertz * 3 / 200 : 15 + (27 * Math.Log(hertz / 1000) / Math.Log(6.4));

    private static double FromSlaney(double mel) => mel < 15 ? mel * 200 / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[,] Map(double[,] values, Func<double, double> function)
    {
        for (int i = 0; i < values.GetLength(0); i++)
            for (int j = 0; j < values.GetLength(1); j++)
                values[i, j] = function(values[i, j]);
        return values;
    }
}
