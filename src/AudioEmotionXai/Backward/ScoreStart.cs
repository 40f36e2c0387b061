namespace AudioEmotionXai;

/// <summary>What the way back starts from. A value: it is part of a compiled program's identity.</summary>
internal abstract record ScoreStart
{
    /// <summary>One at the target class: the derivative of the score by itself, or relevance in shares of one.</summary>
    public static ScoreStart One { get; } = new OneStart();

    /// <summary>The target's score itself, as relevance propagation is usually written.</summary>
    public static ScoreStart Logit { get; } = new LogitStart();

    /// <summary>The target's score against another class's: "why this and not that". The start sums to the difference of the two
    /// scores.</summary>
    /// <param name="against">The other class: one of the model's labels, or an index.</param>
    public static ScoreStart Contrast(string against) => new ContrastStart(against);

    /// <summary>Emits the signal at the logits: (N, classes).</summary>
    public abstract string Emit(BackwardGraph graph);

    private sealed record OneStart : ScoreStart
    {
        public override string Emit(BackwardGraph graph) => graph.OneHot;
    }

    private sealed record LogitStart : ScoreStart
    {
        public override string Emit(BackwardGraph graph) => graph.Emit.Mul(graph.Forward.Logits, graph.OneHot);
    }
}
