using System.Text.Json;

namespace AudioEmotionXai.Cli;

/// <summary>A prediction in JSON: <c>index</c>, <c>label</c>, <c>probability</c>, and <c>probabilities</c> by label.</summary>
internal static class PredictionJson
{
    public static void WriteMembers(Utf8JsonWriter json, Prediction prediction, IReadOnlyList<string> labels)
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
