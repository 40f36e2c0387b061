namespace AudioEmotionXai.Tests;

/// <summary>A front end's nodes are known by their mark and by nothing else.</summary>
public sealed class FrontEndRulesTests
{
    [TestCase("lrp rules=epsilon-plus-flat")]
    [TestCase("lrp rules=epsilon-gamma-box")]
    public void AModelWhoseNodesAreCalledLikeAFrontEndsIsAnOrdinaryModel(string method)
    {
        OnnxModel renamed = TinyModels.Image();
        foreach (OnnxNode node in renamed.Nodes)
            node.Proto.Name = $"log_mel/{node.Name}";
        FloatTensor input = TinyModels.ImageInput(2);
        Assert.That(Map(renamed, method, input), Is.EqualTo(Map(TinyModels.Image(), method, input)));
    }

    [Test]
    public void AFrontEndKeepsItsRulesInAFileAndHasNoneWithoutItsMark()
    {
        OnnxModel joined = WaveformModel.Join(TinyModels.Image(), WaveformModels.ContractOf(WaveformModels.Small));
        OnnxModel read = OnnxModel.Parse(joined.ToBytes(), "read");
        OnnxModel unmarked = joined.Clone();
        foreach (OnnxNode node in unmarked.Nodes)
            node.DocString = "";
        FloatTensor input = TinyModels.Input(3, 1, WaveformModels.Small.SampleCount);
        Assert.That(Map(read, "lrp rules=epsilon-plus-flat", input), Is.EqualTo(Map(joined, "lrp rules=epsilon-plus-flat", input)).And.Some.Not.Zero);
        Assert.That(() => Map(unmarked, "lrp rules=epsilon-plus-flat", input), Throws.TypeOf<UnsupportedOperatorException>());
    }

    private static float[] Map(OnnxModel source, string method, FloatTensor input)
    {
        using AudioClassifier model = TinyModels.Load(source);
        return AttributionMethods.Parse(method).Attribute(model, input).Map.Span.ToArray();
    }
}
