using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AudioEmotionXai;

/// <summary>Weighted least squares whose coefficients sum to a given total: KernelSHAP's fit, for every output from one factor.</summary>
internal sealed class ShapleySolver(int features, int outputs)
{
    // A billionth of the mean diagonal: decides what the samples leave open, and moves what they determine by less than rounding in float32
    private const double RelativeRidge = 1e-9;
    private readonly double[] _row = new double[features];
    private readonly double[] _products = new double[features * features];
    private readonly double[] _mixed = new double[outputs * features];

    /// <summary>Adds a coalition.</summary>
    /// <param name="row">Which features are in.</param>
    /// <param name="weight">The kernel's weight.</param>
    /// <param name="values">The outputs, less those of the empty coalition.</param>
    public void Add(ReadOnlySpan<byte> row, double weight, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < features; i++)
            _row[i] = row[i];
        for (int i = 0; i < features; i++)
            if (row[i] != 0)
                TensorPrimitives.MultiplyAdd(
                    _row, weight, _products.AsSpan(i * features, features), _products.AsSpan(i * features, features));
        for (int output = 0; output < outputs; output++)
            TensorPrimitives.MultiplyAdd(
                _row, weight * values[output], _mixed.AsSpan(output * features, features), _mixed.AsSpan(output * features, features));
    }

    /// <summary>The values of one output's features.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="total">What they sum to.</param>
    public double[] Solve(int output, double total)
    {
        if (features == 1)
            return [total];
        Vector<double> ones = Vector<double>.Build.Dense(features, 1);
        Cholesky<double> factor = Factor();
        Vector<double> free = factor.Solve(Vector<double>.Build.Dense(_mixed[(output * features)..((output + 1) * features)]));
        Vector<double> correction = factor.Solve(ones);
        return (free - (correction * ((free.Sum() - total) / correction.Sum()))).ToArray();
    }

    private Cholesky<double> Factor()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(features, features, (double[])_products.Clone());
        double ridge = Math.Max(matrix.Trace() / features, 1e-300) * RelativeRidge;
        for (int i = 0; i < features; i++)
            matrix[i, i] += ridge;
        return matrix.Cholesky();
    }
}

/// <summary>KernelSHAP's fit, and those of two halves: coalitions that are gone through whole belong to both, of the drawn pairs every
/// second one to each, with twice the weight.</summary>
internal sealed class ShapleyHalves(int features)
{
    private readonly ShapleySolver _all = new(features, 1);
    private readonly ShapleySolver[] _halves = [new(features, 1), new(features, 1)];
    private readonly int[] _drawn = new int[2];

    public void Add(SampleMatrix matrix, int sample, double weight, double value)
    {
        ReadOnlySpan<byte> row = matrix.Row(sample);
        _all.Add(row, weight, [value]);
        int half = matrix.HalfOf(sample);
        for (int i = 0; i < _halves.Length; i++)
            if (half == SampleMatrix.BothHalves)
                _halves[i].Add(row, weight, [value]);
        if (half == SampleMatrix.BothHalves)
            return;
        _halves[half].Add(row, 2 * weight, [value]);
        _drawn[half]++;
    }

    public double[] Solve(double total) => _all.Solve(0, total);

    /// <summary>The values of the two halves; null where a single pair was drawn, so that one half has none.</summary>
    public (double[] First, double[] Second)? SolveHalves(double total) =>
        _drawn[0] > 0 == _drawn[1] > 0 ? (_halves[0].Solve(0, total), _halves[1].Solve(0, total)) : null;
}
