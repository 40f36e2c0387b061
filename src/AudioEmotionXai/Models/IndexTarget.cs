namespace AudioEmotionXai.Models;

/// <summary>One class for every item.</summary>
internal sealed record IndexTarget(int Index) : ClassTarget
{
    internal override int[] Resolve(EmotionModel model, int items, Func<EmotionPrediction[]> predict)
    {
        int[] targets = new int[items];
        Array.Fill(targets, Checked(model, Index));
        return targets;
    }
}
