using AudioEmotionXai;

namespace WebApiSample;

/// <summary>The prediction in the JSON that a client gets.</summary>
internal sealed record PredictionAnswer(int Index, string Label, float Probability, IReadOnlyDictionary<string, float> Probabilities)
{
    public static PredictionAnswer From(Prediction prediction) =>
        new(
            prediction.Index, prediction.Label, prediction.Probability,
            prediction.Labels.Zip(prediction.Probabilities.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second));
}
