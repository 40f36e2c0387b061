using System.Globalization;

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

/// <summary>What the way back starts from. A value: it is part of a compiled program's identity.</summary>
internal abstract record ScoreStart
{
    /// <summary>One at the target class: the derivative of the score by itself, or relevance in shares of one.</summary>
    public static ScoreStart One { get; } = new OneStart();

    /// <summary>The target's score itself, as relevance propagation is usually written.</summary>
    public static ScoreStart Logit { get; } = new LogitStart();

    /// <summary>The target's score against another class's: "why this and not that". The start sums to the difference of the two
    /// scores.</summary>
    /// <param name="against">The other class: one of the model's labels, or an index; null: the likeliest other class of each
    /// item.</param>
    public static ScoreStart Contrast(string? against) => new ContrastStart(against);

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

/// <summary>The target's score minus the score of one other class.</summary>
/// <param name="Against">The other class: one of the model's labels, or an index; null: the likeliest other class of each item.</param>
internal sealed record ContrastStart(string? Against) : ScoreStart
{
    // Far below any logit, so that the target is never its own rival
    private const float Never = 1e30f;

    public override string Emit(BackwardGraph graph) =>
        graph.Emit.Mul(graph.Forward.Logits, graph.Emit.Sub(graph.OneHot, Against is null ? Rival(graph) : Named(graph)));

    /// <summary>The likeliest class that is not the target.</summary>
    public static int RivalOf(ReadOnlySpan<float> logits, int target)
    {
        int rival = target == 0 ? Math.Min(1, logits.Length - 1) : 0;
        for (int i = 0; i < logits.Length; i++)
            if (i != target && logits[i] > logits[rival])
                rival = i;
        return rival;
    }

    private static string Rival(BackwardGraph graph)
    {
        if (graph.Forward.Classes < 2)
            throw new ArgumentException($"The model '{graph.Model.Name}' has one class, and none to contrast it with.");
        string others = graph.Emit.Sub(graph.Forward.Logits, graph.Emit.Scale(graph.OneHot, Never));
        return graph.Emit.OneHot(graph.Emit.ArgMax(others, axis: 1), graph.Forward.Classes);
    }

    private string Named(BackwardGraph graph)
    {
        float[] row = new float[graph.Forward.Classes];
        row[IndexIn(graph.Forward.Labels, graph.Forward.Classes, graph.Model.Name)] = 1;
        return graph.Emit.Floats("against", row, 1, row.Length);
    }

    /// <summary>The index of the other class.</summary>
    /// <exception cref="ArgumentException">There is no such class; the message lists those that there are.</exception>
    public int IndexIn(IReadOnlyList<string> labels, int classes, string model)
    {
        for (int i = 0; i < labels.Count; i++)
            if (string.Equals(labels[i], Against, StringComparison.OrdinalIgnoreCase))
                return i;
        if (int.TryParse(Against, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < classes)
            return index;
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"There is no class '{Against}' to contrast with; the model '{model}' has 0 to {classes - 1} ({ShortList.Of(labels)})."));
    }
}
