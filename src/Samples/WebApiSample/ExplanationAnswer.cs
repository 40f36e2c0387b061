using AudioEmotionXai;
using AudioEmotionXai.Reporting;

namespace WebApiSample;

/// <summary>The JSON that a client gets.</summary>
internal sealed record ExplanationAnswer(
    PredictionAnswer Prediction, string Target, string Method, double Seconds, IReadOnlyList<string> Warnings, float[][] Map, byte[] Png)
{
    public static ExplanationAnswer Of(AttributionResult result, AudioClassifier model)
    {
        TimeFrequencyMap map = result.MapOf(0);
        return new ExplanationAnswer(
            PredictionAnswer.Of(result.Predictions[0], model.Labels),
            model.Labels[result.Targets[0]],
            result.Method.ToString(),
            result.Elapsed.TotalSeconds,
            result.Warnings,
            [.. Enumerable.Range(0, map.Bins).Select(bin => map.Row(bin).ToArray())],
            MapImage.ToPng(map));
    }
}
