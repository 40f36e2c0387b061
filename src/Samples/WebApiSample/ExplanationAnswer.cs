using AudioEmotionXai;
using AudioEmotionXai.Reporting;

namespace WebApiSample;

/// <summary>The JSON that a client gets.</summary>
internal sealed record ExplanationAnswer(
    PredictionAnswer Prediction, string Target, string Method, double Seconds, IReadOnlyList<string> Warnings, float[][] Map, byte[] Png)
{
    public static ExplanationAnswer From(Explanation why) =>
        new(
            PredictionAnswer.From(why.Prediction),
            why.Target.Label,
            why.Origin,
            why.Elapsed.TotalSeconds,
            why.Warnings,
            [.. Enumerable.Range(0, why.Map.Bins).Select(bin => why.Map.Row(bin).ToArray())],
            MapImage.ToPng(why.Map));
}
