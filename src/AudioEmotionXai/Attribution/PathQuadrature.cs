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
