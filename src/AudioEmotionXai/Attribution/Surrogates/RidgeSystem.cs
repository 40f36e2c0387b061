using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AudioEmotionXai;

/// <summary>A factored ridge system over some features, ready to give every output's coefficients.</summary>
internal sealed class RidgeSystem(NormalEquations sums, int[] selected, Cholesky<double> factor)
{
    private double[]? _inverse;

    /// <summary>The features, in the order of the unknowns.</summary>
    public ReadOnlySpan<int> Selected => selected;

    /// <summary>The inverse matrix, row by row (it is symmetric).</summary>
    public ReadOnlySpan<double> Inverse => _inverse ??= factor.Solve(Matrix<double>.Build.DenseIdentity(selected.Length)).ToRowMajorArray();

    /// <summary>The coefficients of some outputs, by feature; features that are not selected have 0.</summary>
    public double[][] Solve(ReadOnlySpan<int> outputs)
    {
        Matrix<double> right = Matrix<double>.Build.Dense(selected.Length, outputs.Length);
        for (int column = 0; column < outputs.Length; column++)
            for (int i = 0; i < selected.Length; i++)
                right[i, column] = sums.CentredMixed(selected[i], outputs[column]);
        Matrix<double> solution = factor.Solve(right);
        double[][] coefficients = new double[outputs.Length][];
        for (int column = 0; column < outputs.Length; column++)
        {
            coefficients[column] = new double[sums.Features];
            for (int i = 0; i < selected.Length; i++)
                coefficients[column][selected[i]] = solution[i, column];
        }

        return coefficients;
    }

    /// <summary>The solution for another right-hand side over the selected features, times a factor; by feature.</summary>
    public double[] Solve(double[] right, double factorOfAll)
    {
        double[] coefficients = new double[sums.Features];
        Vector<double> solution = factor.Solve(Vector<double>.Build.Dense(right));
        for (int i = 0; i < selected.Length; i++)
            coefficients[selected[i]] = factorOfAll * solution[i];
        return coefficients;
    }

    /// <summary>The intercept that belongs to coefficients.</summary>
    public double Intercept(ReadOnlySpan<double> coefficients, int output)
    {
        double intercept = sums.OutputMean(output);
        foreach (int feature in selected)
            intercept -= coefficients[feature] * sums.Mean(feature);
        return intercept;
    }

    /// <summary>The effective number of parameters: the trace of the hat matrix, and one for the intercept.</summary>
    public double DegreesOfFreedom()
    {
        double trace = 1;
        ReadOnlySpan<double> inverse = Inverse;
        for (int i = 0; i < selected.Length; i++)
            for (int j = 0; j < selected.Length; j++)
                trace += inverse[(i * selected.Length) + j] * sums.Centred(selected[i], selected[j]);
        return trace;
    }
}
