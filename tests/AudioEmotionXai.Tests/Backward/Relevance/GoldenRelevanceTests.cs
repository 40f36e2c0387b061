namespace AudioEmotionXai.Tests;

public sealed class GoldenRelevanceTests
{
    [TestCase("lrp_epsilon_1e-6", "lrp rules=epsilon")]
    [TestCase("lrp_epsilon_0.25", "lrp rules=epsilon epsilon=0.25")]
    [TestCase("lrp_zplus", "lrp rules=zplus")]
    [TestCase("lrp_gamma_0.25", "lrp rules=gamma")]
    [TestCase("lrp_alpha2beta1", "lrp rules=alpha-beta")]
    [TestCase("lrp_epsilon_plus", "lrp rules=epsilon-plus")]
    [TestCase("lrp_epsilon_plus_flat", "lrp")]
    [TestCase("lrp_epsilon_alpha2beta1", "lrp rules=epsilon-alpha2-beta1")]
    public void MapsAgreeWithZennit(string golden, string method)
    {
        FloatTensor expected = GoldenAttributions.EveryExpected(golden);
        using AudioClassifier model = AudioClassifier.Load(Path.Combine(SharedData.Repository, "models", "audio_resnet_nemo.onnx"), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });

        FloatTensor map = AttributionMethods.Parse(method).Attribute(model, GoldenAttributions.EveryInput).Map;

        Differences differences = Differences.Between(map.Span, expected.Span);
        Assert.That(differences.OfLargest, Is.LessThanOrEqualTo(1e-4), differences.ToString());
        Assert.That(differences.RelativeL2, Is.LessThanOrEqualTo(1e-4), differences.ToString());
    }
}
