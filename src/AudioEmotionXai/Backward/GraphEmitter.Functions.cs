namespace AudioEmotionXai;

/// <summary>Functions that derivatives are made of.</summary>
internal sealed partial class GraphEmitter
{
    public string Log(string x) => Node("Log", [x]);

    public string Sign(string x) => Node("Sign", [x]);

    public string Tanh(string x) => Node("Tanh", [x]);

    public string Sigmoid(string x) => Node("Sigmoid", [x]);

    public string Pow(string x, string exponent) => Node("Pow", [x, exponent]);

    public string Scale(string x, float factor) => factor == 1 ? x : Mul(x, Scalar(factor));

    public string Shift(string x, float summand) => summand == 0 ? x : Add(x, Scalar(summand));

    /// <summary>One minus x.</summary>
    public string Complement(string x) => Sub(Scalar(1), x);

    /// <summary>One where both are equal, else zero.</summary>
    public string Same(string left, string right) => ToFloat(Equal(left, right));

    /// <summary>The density of the standard normal distribution.</summary>
    public string NormalDensity(string x) => Scale(Exp(Scale(Square(x), -0.5f)), (float)(1 / Math.Sqrt(2 * Math.PI)));

    /// <summary>The distribution function of the standard normal distribution.</summary>
    public string NormalDistribution(string x) => Scale(Shift(Node("Erf", [Scale(x, (float)(1 / Math.Sqrt(2)))]), 1), 0.5f);
}
