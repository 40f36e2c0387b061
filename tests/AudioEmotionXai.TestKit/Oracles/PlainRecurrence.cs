namespace AudioEmotionXai.TestKit;

/// <summary>LSTM, GRU and RNN as the operators' specification writes them down: one item, one step, one cell at a time, in double
/// precision.</summary>
internal sealed class PlainRecurrence
{
    /// <summary>LSTM, GRU or RNN.</summary>
    public required string Operator { get; init; }

    public required int Inputs { get; init; }

    public required int Hidden { get; init; }

    /// <summary>One direction's W (gates · hidden, inputs), R (gates · hidden, hidden), B (2 · gates · hidden) and P (3 · hidden).</summary>
    public required (float[] W, float[] R, float[]? B, float[]? P)[] Weights { get; init; }

    public required Func<double, double>[] Functions { get; init; }

    public bool[] Reversed { get; init; } = [false];

    public double Clip { get; init; } = double.PositiveInfinity;

    public bool InputForget { get; init; }

    public bool LinearBeforeReset { get; init; }

    private int Gates => Operator switch { "LSTM" => 4, "GRU" => 3, _ => 1 };

    private int FunctionsPerDirection => Operator switch { "LSTM" => 3, "GRU" => 2, _ => 1 };

    /// <summary>Runs one item; what lies behind its length stays zero.</summary>
    /// <param name="x">(steps, inputs).</param>
    /// <param name="steps">All steps.</param>
    /// <param name="length">Those that count.</param>
    /// <param name="h0">(directions, hidden).</param>
    /// <param name="c0">(directions, hidden).</param>
    /// <returns>Y (steps, directions, hidden), the last states and cells (directions, hidden).</returns>
    public (double[] Y, double[] H, double[] C) Run(double[] x, int steps, int length, double[] h0, double[] c0)
    {
        int directions = Weights.Length;
        double[] y = new double[steps * directions * Hidden], lastH = new double[directions * Hidden], lastC = new double[directions * Hidden];
        for (int direction = 0; direction < directions; direction++)
        {
            double[] h = h0[(direction * Hidden)..((direction + 1) * Hidden)], c = c0[(direction * Hidden)..((direction + 1) * Hidden)];
            for (int step = 0; step < length; step++)
            {
                int time = Reversed[direction] ? length - 1 - step : step;
                (h, c) = Step(direction, x.AsSpan(time * Inputs, Inputs), h, c);
                h.CopyTo(y, ((time * directions) + direction) * Hidden);
            }

            h.CopyTo(lastH, direction * Hidden);
            c.CopyTo(lastC, direction * Hidden);
        }

        return (y, lastH, lastC);
    }

    private (double[] H, double[] C) Step(int direction, ReadOnlySpan<double> x, double[] h, double[] c) => Operator switch
    {
        "LSTM" => Lstm(direction, x, h, c),
        "GRU" => (Gru(direction, x, h), c),
        _ => (Rnn(direction, x, h), c),
    };

    private (double[] H, double[] C) Lstm(int direction, ReadOnlySpan<double> x, double[] h, double[] c)
    {
        double[] newH = new double[Hidden], newC = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
        {
            double i = F(direction, 0, FromBoth(direction, 0, j, x, h) + (P(direction, 0, j) * c[j]));
            double f = InputForget ? 1 - i : F(direction, 0, FromBoth(direction, 2, j, x, h) + (P(direction, 2, j) * c[j]));
            double g = F(direction, 1, FromBoth(direction, 3, j, x, h));
            newC[j] = (f * c[j]) + (i * g);
            double o = F(direction, 0, FromBoth(direction, 1, j, x, h) + (P(direction, 1, j) * newC[j]));
            newH[j] = o * Functions[(direction * FunctionsPerDirection) + 2](newC[j]);
        }

        return (newH, newC);
    }

    private double[] Gru(int direction, ReadOnlySpan<double> x, double[] h)
    {
        double[] reset = new double[Hidden], gated = new double[Hidden], next = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
        {
            reset[j] = F(direction, 0, FromBoth(direction, 1, j, x, h));
            gated[j] = reset[j] * h[j];
        }

        for (int j = 0; j < Hidden; j++)
        {
            double z = F(direction, 0, FromBoth(direction, 0, j, x, h));
            double recurrent = LinearBeforeReset ? reset[j] * FromState(direction, 2, j, h) : FromState(direction, 2, j, gated);
            double candidate = F(direction, 1, FromInput(direction, 2, j, x) + recurrent);
            next[j] = ((1 - z) * candidate) + (z * h[j]);
        }

        return next;
    }

    private double[] Rnn(int direction, ReadOnlySpan<double> x, double[] h)
    {
        double[] next = new double[Hidden];
        for (int j = 0; j < Hidden; j++)
            next[j] = F(direction, 0, FromBoth(direction, 0, j, x, h));
        return next;
    }

    private double F(int direction, int function, double into) =>
        Functions[(direction * FunctionsPerDirection) + function](Math.Clamp(into, -Clip, Clip));

    private double FromBoth(int direction, int gate, int cell, ReadOnlySpan<double> x, double[] h) =>
        FromInput(direction, gate, cell, x) + FromState(direction, gate, cell, h);

    private double FromInput(int direction, int gate, int cell, ReadOnlySpan<double> x)
    {
        int row = (gate * Hidden) + cell;
        double sum = Weights[direction].B?[row] ?? 0;
        for (int k = 0; k < Inputs; k++)
            sum += Weights[direction].W[(row * Inputs) + k] * x[k];
        return sum;
    }

    private double FromState(int direction, int gate, int cell, double[] h)
    {
        int row = (gate * Hidden) + cell;
        double sum = Weights[direction].B?[(Gates * Hidden) + row] ?? 0;
        for (int k = 0; k < Hidden; k++)
            sum += Weights[direction].R[(row * Hidden) + k] * h[k];
        return sum;
    }

    private double P(int direction, int gate, int cell) => Weights[direction].P?[(gate * Hidden) + cell] ?? 0;

    /// <summary>An activation by the name that ONNX gives it.</summary>
    public static Func<double, double> Function(string name, double alpha, double beta) => name switch
    {
        "Affine" => x => (alpha * x) + beta,
        "Relu" => x => Math.Max(0, x),
        "LeakyRelu" => x => x >= 0 ? x : alpha * x,
        "ThresholdedRelu" => x => x > alpha ? x : 0,
        "Tanh" => Math.Tanh,
        "ScaledTanh" => x => alpha * Math.Tanh(beta * x),
        "Sigmoid" => x => 1 / (1 + Math.Exp(-x)),
        "HardSigmoid" => x => Math.Clamp((alpha * x) + beta, 0, 1),
        "Elu" => x => x >= 0 ? x : alpha * (Math.Exp(x) - 1),
        "Softsign" => x => x / (1 + Math.Abs(x)),
        "Softplus" => x => Math.Log(1 + Math.Exp(x)),
        _ => throw new ArgumentException(name),
    };
}
