using System.Globalization;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Draws methods with options: mostly those that compile a program of their own for each combination.</summary>
internal sealed class OptionDraw(int seed)
{
    private static readonly string[] s_layers = ["layer1", "layer2", "layer3", "layer4"];
    private static readonly string[] s_cams = ["gradcam", "gradcam-plus-plus", "xgradcam", "hirescam", "layercam", "eigencam"];
    private static readonly string[] s_gradients = ["gradient", "saliency", "input-x-gradient", "guided-backprop"];
    private static readonly string[] s_starts = ["logit", "one", "contrast", "contrast:0", "contrast:3"];
    private static readonly string[] s_where =
        ["none", "conv1:wsquare", "conv1:flat", "layer4.*.conv*:epsilon", "Gemm:zplus", "layer1.*.conv*:gamma", "layer2.*.conv*:alpha-beta", "conv1:zbox"];

    private readonly Random _random = new(seed);

    public AttributionMethod Next()
    {
        string text = _random.Next(10) switch
        {
            < 5 => Relevance(),
            5 => $"{Of(s_cams)} layer={Of(s_layers)}",
            6 => $"{Of(s_gradients)} score={Of("logit", "probability")}",
            7 => $"smooth-grad samples={_random.Next(2, 4)} inner=\"{Relevance()}\"",
            8 => $"integrated-gradients steps={_random.Next(2, 6)} baseline={Number(-1, 1)}",
            _ => $"smooth-saliency samples={_random.Next(2, 4)} seed={_random.Next(1000)}",
        };
        return AttributionMethods.Parse(text);
    }

    private string Relevance() =>
        $"lrp rules={Of(Enum.GetValues<LrpRules>().Select(OptionCodecName).ToArray())} epsilon={Number(1e-7, 1)} gamma={Number(0.05, 2)} "
            + $"start={Of(s_starts)} where={Of(s_where)} bias={Of("true", "false")} ledger={Of("true", "false", "false", "false")}";

    private static string OptionCodecName(LrpRules rules) => new Lrp { Rules = rules }.ToString().Split(' ')[1].Split('=')[1];

    private string Number(double low, double high) =>
        (low > 0 ? low * Math.Pow(high / low, _random.NextDouble()) : low + ((high - low) * _random.NextDouble()))
            .ToString("g5", CultureInfo.InvariantCulture);

    private string Of(params string[] values) => values[_random.Next(values.Length)];
}
