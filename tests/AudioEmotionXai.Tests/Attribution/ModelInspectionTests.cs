using System.Numerics.Tensors;

namespace AudioEmotionXai.Tests;

/// <summary>What an inspection says of a method is what happens when the method is asked.</summary>
public sealed class ModelInspectionTests
{
    private static readonly Dictionary<string, Func<OnnxModel>> s_models = new()
    {
        ["layers 1 to 4"] = () => TinyModels.Image(),
        ["three channels"] = () => TinyModels.Image(channels: 3),
        ["over time only"] = () => TinyModels.Sequence(),
        ["one layer called a"] = () => OddModels.OneLayer("Relu"),
        ["no activation"] = () => OddModels.OneLayer(null),
        ["an activation that lists none"] = () => OddModels.OneLayer("Softsign"),
        ["no way back"] = () => OddModels.OneLayer("Round"),
        ["a map that leads nowhere"] = () => OddModels.WithDeadEnd(),
        ["dense over maps"] = () => OddModels.Dense(1, 6, 7),
        ["dense over features"] = () => OddModels.Dense(11),
        ["pooled to one cell"] = () => OddModels.OneLayer("Relu", averagedFirst: true),
    };

    [Test]
    public void AMethodAppliesExactlyWhereItExplains(
        [ValueSource(nameof(Models))] string name, [ValueSource(nameof(Ids))] string id)
    {
        using AudioClassifier model = TinyModels.Load(s_models[name]());
        MethodDescription description = AttributionMethods.Find(id);
        AttributionMethod method = description.Create(
            description.Options.Where(option => option.Name is "samples" or "steps").Select(option => KeyValuePair.Create(option.Name, "4")));
        int[] shape = [2, .. model.Graph.Input.Shape!.Skip(1).Select(length => (int)length.Value!)];
        FloatTensor input = TinyModels.Input(3, shape);
        string? reason = ModelInspection.Of(model).Methods.Single(coverage => coverage.Method == id).Reason;
        if (reason is null)
            Assert.That(float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(method.Attribute(model, input).Map.Span)));
        else
            Assert.That(
                () => method.Attribute(model, input),
                Throws.InstanceOf<ArgumentException>().Or.InstanceOf<UnsupportedOperatorException>());
        Assert.That(reason, Is.Null.Or.Not.Contain("(Parameter"));
    }

    [Test]
    public void AClassActivationMapTakesTheLastLayerWithAMapWhereNoneIsNamed([ValueSource(nameof(CamIds))] string id)
    {
        using AudioClassifier four = TinyModels.Load(TinyModels.Image());
        using AudioClassifier one = TinyModels.Load(OddModels.OneLayer("Relu"));
        using AudioClassifier deadEnd = TinyModels.Load(OddModels.WithDeadEnd());
        Assert.Multiple(() =>
        {
            AssertTakes("layer4", four, id);
            AssertTakes("a", one, id);
            AssertTakes("a", deadEnd, id);
        });
    }

    [Test]
    public void TheLayerIsInTheTextOnlyWhereItIsNamed()
    {
        Assert.That(new GradCam().ToString(), Does.Not.Contain("layer"));
        Assert.That(AttributionMethods.Parse(new GradCam { Layer = "a" }.ToString()), Is.EqualTo(new GradCam { Layer = "a" }));
        Assert.That(AttributionMethods.Parse("gradcam layer=none"), Is.EqualTo(new GradCam()));
    }

    [Test]
    public void AModelWithoutMapsIsSaidToHaveNoLayer()
    {
        using AudioClassifier model = TinyModels.Load(OddModels.Dense(11));
        ModelInspection inspection = ModelInspection.Of(model);
        Assert.That(inspection.DefaultLayer, Is.Null);
        Assert.That(inspection.Methods.Single(method => method.Method == "gradcam").Reason, Does.Contain("no layer shows the input"));
    }

    private static IEnumerable<string> Models => s_models.Keys;

    private static IEnumerable<string> Ids => AttributionMethods.All.Select(method => method.Id);

    private static IEnumerable<string> CamIds => AttributionMethods.All.Where(method => method.Default is CamMethod).Select(method => method.Id);

    private static void AssertTakes(string layer, AudioClassifier model, string id)
    {
        CamMethod method = (CamMethod)AttributionMethods.Create(id);
        FloatTensor input = TinyModels.Input(3, 2, 1, TinyModels.Height, TinyModels.Width);
        Assert.That(ModelInspection.Of(model).DefaultLayer, Is.EqualTo(layer));
        Assert.That(method.Compile(model).Metadata["layer"], Is.EqualTo(layer));
        Assert.That(method.Attribute(model, input).Map.Span.ToArray(), Is.EqualTo((method with { Layer = layer }).Attribute(model, input).Map.Span.ToArray()));
    }
}
