namespace AudioEmotionXai.TestKit;

/// <summary>
/// The relevance rules as the papers write them, cell by cell over a dense matrix in double precision: R_ij is what output j hands to input i.
/// Slow on purpose; shares nothing with the library.
/// </summary>
internal static class PlainRelevance
{
    private const double Stabilizer = 1e-6;

    /// <summary>A rule: layer, input, relevance of the outputs; gives relevance of the inputs.</summary>
    public delegate double[] Rule(DenseLayer layer, double[] x, double[] relevance);

    public static Rule Epsilon(double epsilon) => (layer, x, relevance) =>
        Share(layer, relevance, (i, j) => x[i] * layer.Weights[i, j], j => layer.Bias[j], epsilon);

    public static Rule ZPlus => (layer, x, relevance) =>
        Share(layer, relevance, (i, j) => Math.Max(0, x[i] * layer.Weights[i, j]), j => Math.Max(0, layer.Bias[j]), Stabilizer);

    public static Rule AlphaBeta(double alpha, double beta) => (layer, x, relevance) =>
    {
        double[] excited = ZPlus(layer, x, relevance);
        double[] inhibited = Share(layer, relevance, (i, j) => Math.Min(0, x[i] * layer.Weights[i, j]), j => Math.Min(0, layer.Bias[j]), Stabilizer);
        return [.. excited.Zip(inhibited, (plus, minus) => (alpha * plus) - (beta * minus))];
    };

    public static Rule Gamma(double gamma) => (layer, x, relevance) =>
    {
        double[] z = layer.Apply(x);
        double[] own = [.. relevance.Select((r, j) => z[j] == 0 ? 0 : r)];
        // A contribution that has the output's own sign counts 1 + gamma times
        double Favoured(double part, int j) => part * (Math.Sign(part) == Math.Sign(z[j]) ? 1 + gamma : 1);
        return Share(layer, own, (i, j) => Favoured(x[i] * layer.Weights[i, j], j), j => Favoured(layer.Bias[j], j), Stabilizer);
    };

    public static Rule ZBox(double low, double high) => (layer, x, relevance) =>
        Share(layer, relevance, (i, j) => (x[i] * layer.Weights[i, j]) - (low * Math.Max(0, layer.Weights[i, j])) - (high * Math.Min(0, layer.Weights[i, j])), _ => 0, Stabilizer);

    public static Rule WSquare => (layer, _, relevance) =>
        Share(layer, relevance, (i, j) => layer.Weights[i, j] * layer.Weights[i, j], j => layer.Bias[j] * layer.Bias[j], Stabilizer);

    public static Rule Flat => (layer, _, relevance) =>
        Share(layer, relevance, (i, j) => layer.Connected[i, j] ? 1 : 0, _ => 0, Stabilizer);

    /// <summary>The same rule for a layer whose bias is thought away.</summary>
    public static Rule WithoutBias(Rule rule) => (layer, x, relevance) =>
    {
        DenseLayer bare = new(layer.Inputs, layer.Outputs);
        Array.Copy(layer.Weights, bare.Weights, layer.Weights.Length);
        Array.Copy(layer.Connected, bare.Connected, layer.Connected.Length);
        return rule(bare, x, relevance);
    };

    public static double Stabilized(double z, double epsilon) => z >= 0 ? z + epsilon : z - epsilon;

    /// <summary>R_i = sum_j part_ij R_j / (sum_i part_ij + bias part_j, stabilised).</summary>
    private static double[] Share(DenseLayer layer, double[] relevance, Func<int, int, double> part, Func<int, double> bias, double epsilon)
    {
        double[] shares = new double[layer.Inputs];
        for (int j = 0; j < layer.Outputs; j++)
        {
            double z = bias(j);
            for (int i = 0; i < layer.Inputs; i++)
                z += part(i, j);
            for (int i = 0; i < layer.Inputs; i++)
                shares[i] += part(i, j) * relevance[j] / Stabilized(z, epsilon);
        }

        return shares;
    }
}
