namespace AudioEmotionXai.TestKit;

/// <summary>One node of a <see cref="PlainNetwork"/>: its forward pass and its relevance, in plain loops.</summary>
internal sealed record PlainNode(string Name, int[] Shape, string[] Inputs, DenseLayer? Layer, string? Operator)
{
    public (int Kernel, int Stride, int Pad, bool CountPad)? Window { get; init; }

    public double[] Forward(double[][] x, int[][] shapes)
    {
        if (Layer is not null)
            return Layer.Apply(x[0]);
        switch (Operator)
        {
            case "Relu":
                return [.. x[0].Select(value => Math.Max(0, value))];
            case "Add":
                return [.. x[0].Zip(x[1], (left, right) => left + right)];
            case "Concat":
                return [.. x[0], .. x[1]];
            case "MaxPool":
                return [.. Windows(shapes[0]).Select(cells => cells.Max(cell => x[0][cell]))];
            default:
                return [.. Windows(shapes[0]).Select(cells => cells.Sum(cell => x[0][cell]) / Divisor(cells))];
        }
    }

    public double[][] Back(double[][] x, double[] output, double[] relevance, PlainRelevance.Rule rule, int[][] shapes)
    {
        if (Layer is not null)
            return [rule(Layer, x[0], relevance)];
        double[][] shares = [.. x.Select(input => new double[input.Length])];
        List<int>[] windows = Operator is "MaxPool" or "AveragePool" or "GlobalAveragePool" ? Windows(shapes[0]) : [];
        for (int j = 0; j < output.Length; j++)
        {
            double quotient = relevance[j] / PlainRelevance.Stabilized(output[j], 1e-6);
            switch (Operator)
            {
                case "Relu":
                    shares[0][j] = relevance[j];
                    break;
                case "Add":
                    (shares[0][j], shares[1][j]) = (x[0][j] * quotient, x[1][j] * quotient);
                    break;
                case "Concat":
                    shares[j < x[0].Length ? 0 : 1][j < x[0].Length ? j : j - x[0].Length] = relevance[j];
                    break;
                case "MaxPool":
                    shares[0][windows[j].MaxBy(cell => x[0][cell])] += relevance[j];
                    break;
                default:
                    foreach (int cell in windows[j])
                        shares[0][cell] += x[0][cell] / Divisor(windows[j]) * quotient;
                    break;
            }
        }

        return shares;
    }

    private double Divisor(List<int> cells) => Window is { CountPad: true } window ? window.Kernel * window.Kernel : cells.Count;

    /// <summary>The input cells of every output cell, in row-major order.</summary>
    private List<int>[] Windows(int[] from)
    {
        (int kernel, int stride, int pad, _) = Window ?? (Math.Max(from[1], from[2]), 1, 0, false);
        List<int>[] windows = new List<int>[Shape[0] * Shape[1] * Shape[2]];
        for (int j = 0; j < windows.Length; j++)
        {
            (int channel, int row, int column) = (j / (Shape[1] * Shape[2]), j / Shape[2] % Shape[1], j % Shape[2]);
            windows[j] = [];
            for (int y = (row * stride) - pad; y < (row * stride) - pad + kernel; y++)
                for (int x = (column * stride) - pad; x < (column * stride) - pad + kernel; x++)
                    if (y >= 0 && x >= 0 && y < from[1] && x < from[2])
                        windows[j].Add((((channel * from[1]) + y) * from[2]) + x);
        }

        return windows;
    }
}
