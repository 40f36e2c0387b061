namespace AudioEmotionXai;

/// <summary>The class that the model predicts, item by item.</summary>
internal sealed record PredictedTarget : ClassTarget
{
    internal override bool NeedsPredictions => true;

    internal override int[] Resolve(AudioClassifier model, int items, Func<Prediction[]> predict) =>
        Array.ConvertAll(predict(), prediction => prediction.Index);
}
