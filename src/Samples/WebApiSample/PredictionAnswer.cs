using AudioEmotionXai;

namespace WebApiSample;

/// <summary>The prediction in the JSON that a client gets.</summary>
internal sealed record PredictionAnswer(int Index, string Label, float Probability, IReadOnlyDictionary<string, float> Probabilities)
{
    public static PredictionAnswer Of(Prediction prediction, IReadOnlyList<string> labels) =>
        new(
            prediction.Index, prediction.Label, prediction.Probability,
            labels.Zip(prediction.Probabilities.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second));
}
