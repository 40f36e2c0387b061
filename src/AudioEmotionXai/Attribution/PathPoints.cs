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
    public static PathPoints Of(PathQuadrature quadrature, int steps, CancellationToken cancellationToken = default) =>
        quadrature switch
        {
            PathQuadrature.GaussLegendre => GaussLegendre(steps, cancellationToken),
            PathQuadrature.Trapezoid => Trapezoid(steps, 1.0 / steps),
            PathQuadrature.CompositeTrapezoid => Trapezoid(steps, 1.0 / (steps - 1)),
            _ => new PathPoints(
                [.. Enumerable.Range(1, steps).Select(step => (double)step / steps)], [.. Enumerable.Repeat(1.0 / steps, steps)]),
        };

    /// <summary>The zeros of a Legendre polynomial, by Newton's method from Tricomi's estimate, brought from (-1, 1) to (0, 1).</summary>
    private static PathPoints GaussLegendre(int steps, CancellationToken cancellationToken)
    {
        PathPoints points = new(new double[steps], new double[steps]);
        for (int i = 0; i < (steps + 1) / 2; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double zero = Math.Cos(Math.PI * (i + 0.75) / (steps + 0.5)), slope = 1;
            for (int round = 0; round < 8; round++)
            {
                (double value, slope) = Legendre(steps, zero);
                double move = value / slope;
                zero -= move;
                if (Math.Abs(move) < 1e-15)
                    break;
            }

            (_, slope) = Legendre(steps, zero);
            double weight = 1 / ((1 - (zero * zero)) * slope * slope);
            (points.Positions[i], points.Positions[steps - 1 - i]) = ((1 - zero) / 2, (1 + zero) / 2);
            points.Weights[i] = points.Weights[steps - 1 - i] = weight;
        }

        if (steps % 2 == 1)
            points.Positions[steps / 2] = 0.5;
        return points;
    }

    /// <summary>The Legendre polynomial of a degree and its derivative, by the three-term recursion.</summary>
    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        double before = 1, value = x;
        for (int k = 2; k <= degree; k++)
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        return (value, degree * (before - (x * value)) / (1 - (x * x)));
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
