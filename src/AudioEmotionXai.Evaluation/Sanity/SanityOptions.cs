namespace AudioEmotionXai.Evaluation;

/// <summary>How sanity checks are made: 5 random networks with weights of the trained ones' means and spreads.</summary>
public sealed record SanityOptions
{
    /// <summary>How many networks get random weights, 3 or more; 5 make 10 pairs. Default 5.</summary>
    public int Networks { get; init; } = 5;

    /// <summary>The most stages of the cascade from the head to all layers, 2 or more; a network with more layers has them grouped evenly.
    /// 2 are the head and the end. Default 6.</summary>
    public int Stages { get; init; } = 6;

    /// <summary>How random weights are drawn. Default: with each tensor's own mean and standard deviation.</summary>
    public RandomWeights Weights { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it, its value and the range.</exception>
    public void Validate()
    {
        Guard.Require(Networks >= 3, nameof(Networks), Networks, "3 or more");
        Guard.Require(Stages >= 2, nameof(Stages), Stages, "2 or more");
        if (!Enum.IsDefined(Weights))
            throw new ArgumentException(FormattableString.Invariant($"Weights is {(int)Weights}; there is no such way to draw weights."));
    }
}

/// <summary>How random weights are drawn.</summary>
public enum RandomWeights
{
    /// <summary>Independent normal draws with the tensor's own mean and standard deviation, so that activations keep their size; a
    /// deviation from the paper, which initialises anew.</summary>
    OwnMoments,

    /// <summary>As a new network: normal with mean 0 and variance 2 / inputs, biases 0, normalisations neutral. He et al., 2015,
    /// arXiv:1502.01852.</summary>
    HeNormal,
}
