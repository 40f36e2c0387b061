using System.Globalization;

namespace AudioEmotionXai;

/// <summary>The target's score minus the score of one other class.</summary>
/// <param name="Against">The other class: one of the model's labels, or an index.</param>
internal sealed record ContrastStart(string Against) : ScoreStart
{
    public override string Emit(BackwardGraph graph)
    {
        int other = IndexIn(ModelMetadata.FindLabels(graph.Model), graph.Forward.Classes, graph.Model.Name);
        float[] row = new float[graph.Forward.Classes];
        row[other] = 1;
        string difference = graph.Emit.Sub(graph.OneHot, graph.Emit.Floats("against", row, 1, row.Length));
        return graph.Emit.Mul(graph.Forward.Logits, difference);
    }

    /// <summary>The index of the other class.</summary>
    /// <exception cref="ArgumentException">There is no such class; the message lists those that there are.</exception>
    public int IndexIn(IReadOnlyList<string>? labels, int classes, string model)
    {
        for (int i = 0; i < labels?.Count; i++)
            if (string.Equals(labels[i], Against, StringComparison.OrdinalIgnoreCase))
                return i;
        if (int.TryParse(Against, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < classes)
            return index;
        string known = labels is null ? "" : $" ({string.Join(", ", labels)})";
        throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"There is no class '{Against}' to contrast with; the model '{model}' has 0 to {classes - 1}{known}."));
    }
}
