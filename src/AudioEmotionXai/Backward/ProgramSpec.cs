namespace AudioEmotionXai;

/// <summary>
/// What a compiled program computes: the rules of the way back, what it starts from, which tensors' signals it needs, and how these
/// become one map. A value: equal specifications share one compiled program.
/// </summary>
internal abstract record ProgramSpec
{
    /// <summary>The rules of the way back.</summary>
    public abstract IRuleSet Rules { get; }

    /// <summary>What the way back starts from.</summary>
    public virtual ScoreStart Start => ScoreStart.One;

    /// <summary>Whether a Softmax at the end stays, so that a probability is explained instead of a logit.</summary>
    public virtual bool KeepSoftmax => false;

    /// <summary>The forward tensors whose signals <see cref="EmitRelevance"/> will ask for.</summary>
    public abstract IReadOnlyList<string> SignalsAt(BackwardGraph graph);

    /// <summary>Emits what turns the signals into the map, and returns the map's tensor name.</summary>
    public abstract string EmitRelevance(BackwardGraph graph);
}
