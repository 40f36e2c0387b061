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
        FloatTensor input = NpyFile.Read(SharedData.Require("goldens/input.npy"));
        FloatTensor expected = NpyFile.Read(SharedData.Require("goldens/occlusion_16x16_s8.npy"));
        int[] targets = NpyFile.ReadInt32(SharedData.Require("goldens/target.npy"));
        FloatTensor map = new Occlusion().Attribute(s_model, input.Items(0, 2), ClassTarget.PerItem(targets[..2])).Map;
        double worst = 0;
        for (int i = 0; i < map.Length; i++)
            worst = Math.Max(worst, Math.Abs(map.Span[i] - expected.Span[i]));
        TestContext.Out.WriteLine(FormattableString.Invariant($"occlusion: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(1e-4));
    }

    [Test]
    [Category("Long")]
    public void LimeFindsLimesCoefficientsAndTopSegmentsWithForwardPassesOfItsOwn([Values(0, 1)] int index)
    {
        NpzFile golden = NpzFile.Read(SharedData.Require($"goldens/lime_grid8x12_n1000_seed42_{index}.npz"));
        FloatTensor input = new(golden["input"].ToFloats(), 1, 1, 128, 141);
        AttributionResult result = new Lime().Attribute(s_model, input, ClassTarget.OfIndex(golden["label"].ToInt32s()[0]));
        double[] found = result.Details.Single(detail => detail.Name == "coefficients").Values.ToArray();
        double worst = found.Zip(golden["coefficients"].ToDoubles(), (a, b) => Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"coefficients: {worst:E2}"));
        Assert.That(worst, Is.LessThanOrEqualTo(1e-3));
        int[] order = [.. Enumerable.Range(0, 96).OrderByDescending(i => Math.Abs(found[i])).Take(10)];
        Assert.That(order, Is.EqualTo(golden["order"].ToInt32s()[..10]));
    }
}
