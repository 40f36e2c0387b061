using System.Text.Json;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Cli.Output;

/// <summary>A prediction in JSON: <c>index</c>, <c>label</c>, <c>probability</c>, and <c>probabilities</c> by label.</summary>
internal static class PredictionJson
{
    public static void WriteMembers(Utf8JsonWriter json, EmotionPrediction prediction, IReadOnlyList<string> labels)
    {
        json.WriteNumber("index", prediction.Index);
        json.WriteString("label", prediction.Label);
        json.WriteFinite("probability", prediction.Probability);
        json.WriteStartObject("probabilities");
        for (int i = 0; i < labels.Count; i++)
            json.WriteFinite(labels[i], prediction.Probabilities.Span[i]);
        json.WriteEndObject();
    }
}
