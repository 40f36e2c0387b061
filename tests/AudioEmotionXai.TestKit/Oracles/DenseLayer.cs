namespace AudioEmotionXai.TestKit;

/// <summary>A linear layer as the dense matrix it is: every input cell against every output cell, written out.</summary>
internal sealed class DenseLayer(int inputs, int outputs)
{
    public int Inputs { get; } = inputs;

    public int Outputs { get; } = outputs;

    /// <summary>Weights by input and output cell; zero where they are not connected.</summary>
    public double[,] Weights { get; } = new double[inputs, outputs];

    /// <summary>Whether an output cell sees an input cell.</summary>
    public bool[,] Connected { get; } = new bool[inputs, outputs];

    public double[] Bias { get; } = new double[outputs];

    public double[] Apply(double[] x)
    {
        double[] z = (double[])Bias.Clone();
        for (int i = 0; i < Inputs; i++)
            for (int j = 0; j < Outputs; j++)
                z[j] += x[i] * Weights[i, j];
        return z;
    }
}
