namespace AudioEmotionXai.Models;

/// <summary>The class that the model predicts, item by item.</summary>
internal sealed record PredictedTarget : ClassTarget
{
    internal override bool NeedsPredictions => true;

    internal override int[] Resolve(EmotionModel model, int items, Func<EmotionPrediction[]> predict) =>
        Array.ConvertAll(predict(), prediction => prediction.Index);
}
