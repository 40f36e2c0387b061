using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace AudioEmotionXai;

/// <summary>
/// Weighted sums over samples, from which linear models with intercept of any subset of the features are solved: for all outputs at
/// once, at any moment of a stream, without going over the samples again.
/// </summary>
internal sealed class NormalEquations(int features, int outputs)
{
    private readonly double[] _row = new double[features];
    private readonly double[] _products = new double[features * features];
    private readonly double[] _sums = new double[features];
    private readonly double[] _mixed = new double[outputs * features];
    private readonly double[] _outputSums = new double[outputs];
    private readonly double[] _outputSquares = new double[outputs];
    private double _weight;

    public int Features => features;

    public int Outputs => outputs;

    /// <summary>Adds one sample.</summary>
    public void Add(ReadOnlySpan<byte> row, double weight, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < features; i++)
            _row[i] = row[i];
        _weight += weight;
        for (int i = 0; i < features; i++)
            if (row[i] != 0)
                AddScaled(weight, _products.AsSpan((i * features) + i, features - i), _row.AsSpan(i));
        AddScaled(weight, _sums, _row);
        for (int output = 0; output < outputs; output++)
        {
            AddScaled(weight * values[output], _mixed.AsSpan(output * features, features), _row);
            _outputSums[output] += weight * values[output];
            _outputSquares[output] += weight * values[output] * values[output];
        }
    }

    /// <summary>The weighted mean of one feature.</summary>
    public double Mean(int feature) => _sums[feature] / _weight;

    /// <summary>The weighted mean of one output.</summary>
    public double OutputMean(int output) => _outputSums[output] / _weight;

    /// <summary>Sum of w (x_i - mean_i)(x_j - mean_j).</summary>
    public double Centred(int i, int j) => _products[(Math.Min(i, j) * features) + Math.Max(i, j)] - (_sums[i] * _sums[j] / _weight);

    /// <summary>Sum of w (x_i - mean_i)(y - mean_y).</summary>
    public double CentredMixed(int feature, int output) =>
        _mixed[(output * features) + feature] - (_sums[feature] * _outputSums[output] / _weight);

    /// <summary>Sum of w (y - mean_y)².</summary>
    public double CentredSquare(int output) => _outputSquares[output] - (_outputSums[output] * _outputSums[output] / _weight);

    /// <summary>Ridge regression over some features: the factor of (Xc'WXc + ridge I), to solve as often as wanted.</summary>
    /// <exception cref="ArgumentException">Without ridge, the features are not independent over these samples.</exception>
    public RidgeSystem Factor(ReadOnlySpan<int> selected, double ridge)
    {
        double[] matrix = new double[selected.Length * selected.Length];
        for (int i = 0; i < selected.Length; i++)
            for (int j = 0; j < selected.Length; j++)
                matrix[(j * selected.Length) + i] = Centred(selected[i], selected[j]) + (i == j ? ridge : 0);
        try
        {
            return new RidgeSystem(
                this, selected.ToArray(), Matrix<double>.Build.Dense(selected.Length, selected.Length, matrix).Cholesky());
        }
        catch (ArgumentException singular)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The samples do not determine {selected.Length} coefficients with ridge {ridge}; take more samples or a larger ridge."
                ),
                singular);
        }
    }

    private static void AddScaled(double factor, Span<double> target, ReadOnlySpan<double> source) =>
        TensorPrimitives.MultiplyAdd(source, factor, target, target);
}
