namespace AudioEmotionXai;

/// <summary>One class for every item.</summary>
internal sealed record IndexTarget(int Index) : ClassTarget
{
    internal override int[] Resolve(AudioClassifier model, int items, Func<Prediction[]> predict)
    {
        int[] targets = new int[items];
        Array.Fill(targets, Checked(model, Index));
        return targets;
    }
}
