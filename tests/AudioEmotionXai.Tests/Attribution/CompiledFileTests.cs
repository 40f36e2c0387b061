namespace AudioEmotionXai.Tests;

/// <summary>What a file that explains without this library says of itself.</summary>
public sealed class CompiledFileTests
{
    private static IEnumerable<CompiledMethod> Methods => AttributionMethods.All.Select(description => description.Create()).OfType<CompiledMethod>();

    [TestCaseSource(nameof(Methods))]
    public void ItDeclaresTheShapesOfItsOutputs(CompiledMethod method)
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        OnnxModel compiled = method.Compile(model);
        OnnxDimension items = model.Source.Inputs[0].Shape![0];
        Assert.That(compiled.Outputs.Single(output => output.Name == "logits").Shape, Is.EqualTo((OnnxDimension[])[items, model.Labels.Count]));
        Assert.That(compiled.Outputs.Single(output => output.Name == "relevance").Shape, Is.EqualTo((OnnxDimension[])[items, 1, TinyModels.Height, TinyModels.Width]));
        AssertDeclaredAsComputed(compiled, TinyModels.ImageInput(3), [-1, 0, 1]);
    }

    [Test]
    public void FurtherOutputsHaveTheirShapesToo()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        AssertDeclaredAsComputed(new Lrp { Ledger = true }.Compile(model), TinyModels.ImageInput(2), [0, 1]);
    }

    private static void AssertDeclaredAsComputed(OnnxModel compiled, FloatTensor input, int[] targets)
    {
        using OnnxSession session = OnnxSession.Create(compiled, new SessionSettings(ExecutionProvider.Cpu, 1));
        FloatTensor[] found = session.Run(input, targets, CancellationToken.None);
        for (int i = 0; i < found.Length; i++)
        {
            IReadOnlyList<OnnxDimension>? declared = compiled.Outputs[i].Shape;
            Assert.That(declared, Is.Not.Null, compiled.Outputs[i].Name);
            Assert.That(declared!.Select((dimension, axis) => dimension.Value ?? found[i].Shape[axis]), Is.EqualTo(found[i].Shape.ToArray()), compiled.Outputs[i].Name);
        }
    }
}
