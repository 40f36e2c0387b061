namespace AudioEmotionXai.Tests;

/// <summary>Scales, shifts and statistics of normalisations under test.</summary>
internal static class NormalizationCases
{
    public static float Gamma(int index) => 0.5f + (0.3f * index);

    public static float Beta(int index) => 0.2f - (0.1f * index);

    public static OperatorCase Parameters(this OperatorCase test, params long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (cells, length) => cells * length);
        return test.Floats("gamma", [.. Enumerable.Range(0, count).Select(Gamma)], shape).Floats("beta", [.. Enumerable.Range(0, count).Select(Beta)], shape);
    }

    public static OperatorCase BatchNormalization(this OperatorCase test, string input, int channels, string? scale = null) => test
        .Parameters(channels)
        .Floats("mean", [.. Enumerable.Range(0, channels).Select(index => index - 1.5f)], channels)
        .Floats("variance", [.. Enumerable.Range(0, channels).Select(index => 0.4f + index)], channels)
        .Node("BatchNormalization", [input, scale ?? "gamma", "beta", "mean", "variance"], set: node => node.Set("epsilon", 1e-3f));
}
