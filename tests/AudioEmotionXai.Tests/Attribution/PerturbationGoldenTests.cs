namespace AudioEmotionXai.Tests;

/// <summary>Methods that only run the model forward, against what captum and lime gave on the trained network.</summary>
public sealed class PerturbationGoldenTests
{
    private static readonly AudioClassifier s_model = AudioClassifier.Load(BundledModel.Path, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });

    [OneTimeTearDown]
    public void CloseModel() => s_model.Dispose();

    [Test]
    public void OcclusionIsCaptums()
    {
        FloatTensor expected = GoldenAttributions.EveryExpected("occlusion_16x16_s8");
        ClassTarget targets = ClassTarget.PerItem(GoldenAttributions.EveryTarget[..2]);
        FloatTensor map = new Occlusion().Attribute(s_model, GoldenAttributions.EveryInput.Items(0, 2), targets).Map;
        double worst = 0;
        for (int i = 0; i < map.Length; i++)
            worst = Math.Max(worst, Math.Abs(map.Span[i] - expected.Span[i]));
        TestContext.Out.WriteLine(FormattableString.Invariant($"occlusion: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(1e-4));
    }

    [Test]
    [Long]
    public void LimeFindsLimesCoefficientsAndTopSegmentsWithForwardPassesOfItsOwn([Values(0, 1)] int index)
    {
        LimeGolden golden = new(index);
        AttributionResult result = new Lime().Attribute(s_model, golden.Input, ClassTarget.OfIndex(golden.Label));
        double[] found = result.Details.Single(detail => detail.Name == "coefficients").Values.ToArray();
        double worst = found.Zip(golden["coefficients"].ToDoubles(), (a, b) => Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"coefficients: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(1e-3));
        int[] order = [.. Enumerable.Range(0, 96).OrderByDescending(i => Math.Abs(found[i])).Take(10)];
        Assert.That(order, Is.EqualTo(golden["order"].ToInt32s()[..10]));
    }
}
