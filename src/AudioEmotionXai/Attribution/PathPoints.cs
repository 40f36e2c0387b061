using MathNet.Numerics.Integration;

namespace AudioEmotionXai;

/// <summary>Where on the straight path from the baseline to the input gradients are taken, and with what weights.</summary>
public enum PathQuadrature
{
    /// <summary>Gauss-Legendre nodes: the most exact for the number of steps.</summary>
    GaussLegendre,

    /// <summary>Equal steps from baseline to input as captum's riemann_trapezoid takes them: its weights sum to (n-1)/n, a quirk kept for
    /// parity.</summary>
    Trapezoid,

    /// <summary>The trapezoidal rule proper: weights sum to 1.</summary>
    CompositeTrapezoid,

    /// <summary>Equal steps, each at its right end, with equal weights.</summary>
    RightRiemann,
}

/// <summary>The positions (0 baseline, 1 input) and weights of a quadrature along a path.</summary>
internal readonly record struct PathPoints(double[] Positions, double[] Weights)
{
    public static PathPoints Of(PathQuadrature quadrature, int steps) =>
        quadrature switch
        {
            PathQuadrature.GaussLegendre => GaussLegendre(steps),
            PathQuadrature.Trapezoid => Trapezoid(steps, 1.0 / steps),
            PathQuadrature.CompositeTrapezoid => Trapezoid(steps, 1.0 / (steps - 1)),
            _ => new PathPoints(
                [.. Enumerable.Range(1, steps).Select(step => (double)step / steps)], [.. Enumerable.Repeat(1.0 / steps, steps)]),
        };

    private static PathPoints GaussLegendre(int steps)
    {
        if (steps == 1)
            return new PathPoints([0.5], [1]);
        GaussLegendreRule rule = new(0, 1, steps);
        return new PathPoints([.. rule.Abscissas], [.. rule.Weights]);
    }

    private static PathPoints Trapezoid(int steps, double step)
    {
        double[] positions = new double[steps];
        double[] weights = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            positions[i] = (double)i / (steps - 1);
            weights[i] = i == 0 || i == steps - 1 ? step / 2 : step;
        }

        return new PathPoints(positions, weights);
    }
}
