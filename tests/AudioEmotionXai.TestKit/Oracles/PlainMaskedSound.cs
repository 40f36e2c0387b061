using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace AudioEmotionXai.TestKit;

/// <summary>A masked clip written down from its definition: the whole filter matrix and its pseudo-inverse, sums over samples for every frequency and back.</summary>
internal static class PlainMaskedSound
{
    public static double[] Apply(float[] samples, TimeFrequencyMap mask, LogMelOptions o)
    {
        int size = o.FftSize, hop = Math.Min(o.HopLength, Math.Max(1, size / 4)), firstCentre = o.Center ? 0 : size / 2;
        double period = o.Window == SpectrumWindow.HannPeriodic ? size : size - 1;
        double[] window = [.. Enumerable.Range(0, size).Select(n => 0.5 * (1 - Math.Cos(2 * Math.PI * n / period)))];
        double[] sum = new double[samples.Length], weight = new double[samples.Length];
        int most = ((samples.Length + (2 * size)) / hop) + 2;
        for (int frame = -most; frame <= most; frame++)
        {
            int start = firstCentre + (frame * hop) - (size / 2);
            if (start <= -size || start >= samples.Length)
                continue;
            double[] gains = Lift(ColumnOf(mask, (double)frame * hop / o.HopLength), o);
            double[] masked = Filter([.. Enumerable.Range(0, size).Select(n => start + n >= 0 && start + n < samples.Length ? samples[start + n] * window[n] : 0)], gains);
            for (int n = 0; n < size; n++)
            {
                if (start + n < 0 || start + n >= samples.Length)
                    continue;
                sum[start + n] += window[n] * masked[n];
                weight[start + n] += window[n] * window[n];
            }
        }

        return [.. sum.Zip(weight, (s, w) => w > 0 ? s / w : 0)];
    }

    /// <summary>From <see cref="Interpolate"/>, eight times g = clip(g + A' D (m - A g)); smoothed by (1/4, 1/2, 1/4).</summary>
    public static double[] Lift(double[] mel, LogMelOptions o)
    {
        Matrix<double> rows = Rows(o);
        Vector<double> mask = Vector<double>.Build.DenseOfArray(mel), lifted = Interpolate(mel, o);
        Matrix<double> steps = Matrix<double>.Build.DenseOfDiagonalVector((rows * rows.Transpose()).RowSums().Map(sum => 1 / sum));
        for (int round = 0; round < 8; round++)
            lifted = (lifted + (rows.Transpose() * steps * (mask - (rows * lifted)))).Map(value => Math.Clamp(value, 0, 1));
        return [.. lifted.Select((value, k) => (0.25 * lifted[Math.Max(0, k - 1)]) + (0.5 * value) + (0.25 * lifted[Math.Min(lifted.Count - 1, k + 1)]))];
    }

    /// <summary>The filter bank, rows scaled to sum to 1.</summary>
    public static Matrix<double> Rows(LogMelOptions o) => Matrix<double>.Build.DenseOfArray(PlainLogMel.Filters(o)).NormalizeRows(1);

    /// <summary>Each frequency's mean of the mask, weighted by the triangles over it; those over which none stands take the next one's.</summary>
    public static Vector<double> Interpolate(double[] mel, LogMelOptions o)
    {
        Matrix<double> filters = Matrix<double>.Build.DenseOfArray(PlainLogMel.Filters(o));
        Vector<double> columns = filters.ColumnSums(), mask = Vector<double>.Build.DenseOfArray(mel);
        int first = columns.Find(sum => sum > 0).Item1;
        double[] plain = new double[filters.ColumnCount];
        for (int k = first; k < plain.Length; k++)
            plain[k] = columns[k] > 0 ? filters.Column(k).DotProduct(mask) / columns[k] : plain[k - 1];
        plain.AsSpan(0, first).Fill(plain[first]);
        return Vector<double>.Build.DenseOfArray(plain);
    }

    private static double[] ColumnOf(TimeFrequencyMap mask, double place)
    {
        double column = Math.Clamp(place, 0, mask.Frames - 1);
        int left = (int)Math.Floor(column);
        return [.. Enumerable.Range(0, mask.Bins).Select(bin => left == column ? mask[bin, left] : mask[bin, left] + ((column - left) * (mask[bin, left + 1] - mask[bin, left])))];
    }

    private static double[] Filter(double[] frame, double[] gains)
    {
        int size = frame.Length;
        Complex[] spectrum = new Complex[size];
        for (int k = 0; k < size; k++)
            for (int n = 0; n < size; n++)
                spectrum[k] += frame[n] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)k * n % size) / size);
        double[] result = new double[size];
        for (int n = 0; n < size; n++)
            for (int k = 0; k < size; k++)
                result[n] += (gains[Math.Min(k, size - k)] * spectrum[k] * Complex.FromPolarCoordinates(1, 2 * Math.PI * ((long)k * n % size) / size)).Real / size;
        return result;
    }
}
