namespace AudioEmotionXai;

/// <summary>One class for every item, by its label.</summary>
internal sealed record LabelTarget(string Label) : ClassTarget
{
    internal override int[] Resolve(AudioClassifier model, int items, Func<Prediction[]> predict)
    {
        int[] targets = new int[items];
        Array.Fill(targets, IndexOf(Label, model.Labels, $"the model '{model.Name}'"));
        return targets;
    }

    /// <summary>The index of a label; upper and lower case count as the same where that is unambiguous.</summary>
    /// <exception cref="ArgumentException">There is no such label.</exception>
    public static int IndexOf(string label, IReadOnlyList<string> labels, string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        List<int> alike = [];
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i] == label)
                return i;
            if (string.Equals(labels[i], label, StringComparison.OrdinalIgnoreCase))
                alike.Add(i);
        }

        return alike.Count == 1
            ? alike[0]
            : throw new ArgumentException($"There is no class '{label}'; {owner} has {ShortList.Of(labels)}.");
    }
}
