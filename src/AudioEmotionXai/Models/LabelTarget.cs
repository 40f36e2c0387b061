namespace AudioEmotionXai;

/// <summary>One class for every item, by its label.</summary>
internal sealed record LabelTarget(string Label) : ClassTarget
{
    internal override int[] Resolve(AudioClassifier model, int items, Func<Prediction[]> predict)
    {
        int[] targets = new int[items];
        Array.Fill(targets, Find(model));
        return targets;
    }

    private int Find(AudioClassifier model)
    {
        List<int> alike = [];
        for (int i = 0; i < model.Labels.Count; i++)
        {
            if (model.Labels[i] == Label)
                return i;
            if (string.Equals(model.Labels[i], Label, StringComparison.OrdinalIgnoreCase))
                alike.Add(i);
        }

        return alike.Count == 1
            ? alike[0]
            : throw new ArgumentException($"There is no class '{Label}'; the model '{model.Name}' has {string.Join(", ", model.Labels)}.");
    }
}
