namespace AudioEmotionXai.Checkpoints;

/// <summary>One batch normalisation at inference: y = (x - mean) / sqrt(variance + epsilon) * scale + shift, per channel, in double
/// precision.</summary>
internal sealed class BatchNormalization
{
    /// <summary>PyTorch's default, which a state dict does not record.</summary>
    public const double Epsilon = 1e-5;

    private readonly double[] _scale;
    private readonly double[] _shift;
    private readonly double[] _mean;
    private readonly double[] _variance;

    /// <summary>Reads the four tensors under a name such as <c>resnet.bn1</c>.</summary>
    /// <exception cref="ModelFormatException">A variance is negative.</exception>
    public BatchNormalization(TorchCheckpoint checkpoint, string name)
    {
        _scale = checkpoint.Read($"{name}.weight");
        _shift = checkpoint.Read($"{name}.bias");
        _mean = checkpoint.Read($"{name}.running_mean");
        _variance = checkpoint.Read($"{name}.running_var");
        int flaw = Array.FindIndex(_variance, variance => variance < 0);
        if (flaw >= 0)
            throw new ModelFormatException(
                FormattableString.Invariant(
                    $"{checkpoint.Path}: {name}.running_var is {_variance[flaw]} at channel {flaw}; a variance is not negative."));
    }

    /// <summary>Scale, shift, mean and variance in the order in which the ONNX operator takes them, with their names.</summary>
    public IEnumerable<(string Name, double[] Values)> Parameters =>
        [("scale", _scale), ("shift", _shift), ("mean", _mean), ("variance", _variance)];

    /// <summary>The bias that stands for this normalisation once <see cref="Scale"/> has been applied to the weights before it.</summary>
    public double[] Bias => [.. Enumerable.Range(0, _scale.Length).Select(channel => _shift[channel] - (_mean[channel] * Factor(channel)))];

    /// <summary>Multiplies the weights of each output channel by what this normalisation multiplies the channel by.</summary>
    public void Scale(Span<double> weights)
    {
        int perChannel = weights.Length / _scale.Length;
        for (int channel = 0; channel < _scale.Length; channel++)
        {
            double factor = Factor(channel);
            foreach (ref double weight in weights.Slice(channel * perChannel, perChannel))
                weight *= factor;
        }
    }

    private double Factor(int channel) => _scale[channel] / Math.Sqrt(_variance[channel] + Epsilon);
}
