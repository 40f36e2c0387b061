using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Fits linear models to samples as they stream in: LIME's weighted ridge for every class from the same sums, with standard
/// errors.</summary>
internal sealed class SurrogateFit
{
    private readonly SampleMatrix _matrix;
    private readonly double[] _weights;
    private readonly double[] _values;
    private readonly NormalEquations _sums;

    public SurrogateFit(SampleMatrix matrix, double kernelWidth, int outputs)
    {
        _matrix = matrix;
        _weights = new double[matrix.Samples];
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = LimeKernel.Weight(matrix.Row(i), kernelWidth);
        _values = new double[matrix.Samples * outputs];
        _sums = new NormalEquations(matrix.Features, outputs);
    }

    /// <summary>The number of samples so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next sample's outputs.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        values.CopyTo(_values.AsSpan(Count * _sums.Outputs));
        _sums.Add(_matrix.Row(Count), _weights[Count], values);
        Count++;
    }

    /// <summary>Every output's model.</summary>
    public LinearSurrogate[] Solve(double ridge, FeatureSelection selection, int features)
    {
        LinearSurrogate[] models = new LinearSurrogate[_sums.Outputs];
        if (FeatureSelector.TakesAll(_sums.Features, selection, features))
            return Solve(_sums.Factor(FeatureSelector.All(_sums.Features), ridge), FeatureSelector.All(_sums.Outputs));
        for (int output = 0; output < models.Length; output++)
            models[output] = Solve(_sums.Factor(FeatureSelector.Select(_sums, output, selection, features), ridge), [output])[0];
        return models;
    }

    /// <summary>One output's model over all features.</summary>
    public LinearSurrogate SolveOne(double ridge, int output) =>
        Solve(_sums.Factor(FeatureSelector.All(_sums.Features), ridge), [output])[0];

    /// <summary>One output's coefficients as either half of the samples has them; null where a half has none.</summary>
    /// <remarks>
    /// One Newton step from the fit of all samples towards that of a half: with the matrix of all, and the residuals of the half, widened
    /// as the standard errors are. A fit of half the samples alone would be further off than noise is, where segments are nearly as many
    /// as samples. Dependent samples stay together.
    /// </remarks>
    public (double[] First, double[] Second)? SolveHalves(double ridge, FeatureSelection selection, int features, int output)
    {
        if (_matrix.HalfOf(Count - 1) == _matrix.HalfOf(Math.Min(1, Count - 1)) && Count < 4)
            return null;
        RidgeSystem system = _sums.Factor(FeatureSelector.Select(_sums, output, selection, features), ridge);
        double[] all = system.Solve([output])[0];
        double[] residuals = new double[Count], pull = new double[system.Selected.Length];
        Residuals(all, system.Intercept(all, output), output, residuals);
        for (int sample = 0; sample < Count; sample++)
        {
            double sign = _matrix.HalfOf(sample) switch { 0 => 1, 1 => -1, _ => 0 };
            for (int i = 0; i < pull.Length; i++)
                pull[i] += sign * _weights[sample] * residuals[sample]
                    * (_matrix.Row(sample)[system.Selected[i]] - _sums.Mean(system.Selected[i]));
        }

        int groups = _matrix.ClusterOf(Count - 1) + 1;
        double[] apart = system.Solve(pull, Math.Sqrt(Widening(system, groups)));
        return ([.. all.Zip(apart, (mean, half) => mean + half)], [.. all.Zip(apart, (mean, half) => mean - half)]);
    }

    private LinearSurrogate[] Solve(RidgeSystem system, int[] outputs)
    {
        double[][] coefficients = system.Solve(outputs);
        double[] residuals = new double[outputs.Length * Count];
        double[] intercepts = new double[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            intercepts[i] = system.Intercept(coefficients[i], outputs[i]);
            Residuals(coefficients[i], intercepts[i], outputs[i], residuals.AsSpan(i * Count, Count));
        }

        double[][] errors = StandardErrors(system, residuals, outputs.Length);
        LinearSurrogate[] models = new LinearSurrogate[outputs.Length];
        for (int i = 0; i < models.Length; i++)
            models[i] = new LinearSurrogate(
                coefficients[i], errors[i], FeatureSelector.ByMagnitude(coefficients[i], system.Selected), intercepts[i],
                Score(residuals.AsSpan(i * Count, Count), outputs[i]), intercepts[i] + TensorPrimitives.Sum<double>(coefficients[i]));
        return models;
    }

    private void Residuals(double[] coefficients, double intercept, int output, Span<double> residuals)
    {
        for (int sample = 0; sample < Count; sample++)
        {
            double predicted = intercept;
            ReadOnlySpan<byte> row = _matrix.Row(sample);
            for (int i = 0; i < row.Length; i++)
                predicted += row[i] * coefficients[i];
            residuals[sample] = _values[(sample * _sums.Outputs) + output] - predicted;
        }
    }

    private double Score(ReadOnlySpan<double> residuals, int output)
    {
        double unexplained = 0, all = 0;
        double mean = _sums.OutputMean(output);
        for (int sample = 0; sample < residuals.Length; sample++)
        {
            double away = _values[(sample * _sums.Outputs) + output] - mean;
            unexplained += _weights[sample] * residuals[sample] * residuals[sample];
            all += _weights[sample] * away * away;
        }

        return all > 0 ? 1 - (unexplained / all) : unexplained > 0 ? 0 : 1;
    }

    /// <summary>
    /// The sandwich estimate with dependent samples summed first (an antithetic pair is one draw):
    /// inverse x (sum over groups of (sum of w e x)²) x inverse, widened by groups / (groups - parameters).
    /// </summary>
    private double[][] StandardErrors(RidgeSystem system, double[] residuals, int outputs)
    {
        int d = system.Selected.Length;
        double[] variances = new double[outputs * d];
        double[] group = new double[outputs * d];
        double[] centred = new double[d];
        double[] pulled = new double[d];
        ReadOnlySpan<double> inverse = system.Inverse;
        int groups = 0;
        for (int sample = 0; sample < Count; sample++)
        {
            ReadOnlySpan<byte> row = _matrix.Row(sample);
            for (int i = 0; i < d; i++)
                centred[i] = row[system.Selected[i]] - _sums.Mean(system.Selected[i]);
            for (int i = 0; i < d; i++)
                pulled[i] = TensorPrimitives.Dot(inverse.Slice(i * d, d), centred);
            for (int output = 0; output < outputs; output++)
                TensorPrimitives.MultiplyAdd(
                    pulled, _weights[sample] * residuals[(output * Count) + sample], group.AsSpan(output * d, d),
                    group.AsSpan(output * d, d));
            if (sample + 1 < Count && _matrix.ClusterOf(sample + 1) == _matrix.ClusterOf(sample))
                continue;
            TensorPrimitives.MultiplyAdd(group, group, variances, variances);
            Array.Clear(group);
            groups++;
        }

        return ToErrors(system, variances, outputs, Widening(system, groups));
    }

    private static double Widening(RidgeSystem system, int groups) => groups / Math.Max(1, groups - system.DegreesOfFreedom());

    private double[][] ToErrors(RidgeSystem system, double[] variances, int outputs, double widening)
    {
        double[][] errors = new double[outputs][];
        for (int output = 0; output < outputs; output++)
        {
            errors[output] = new double[_sums.Features];
            for (int i = 0; i < system.Selected.Length; i++)
                errors[output][system.Selected[i]] = Math.Sqrt(variances[(output * system.Selected.Length) + i] * widening);
        }

        return errors;
    }
}
