namespace AudioEmotionXai.Tests;

public sealed class AttributionMethodTests
{
    private readonly AudioClassifier _model = TinyModels.Load(TinyModels.Image());

    [OneTimeTearDown]
    public void CloseModel() => _model.Dispose();

    [Test]
    public void AMapOfZerosIsReturnedWithAWarningThatNamesTheItem()
    {
        Given method = new(input => new FloatTensor(input.Shape));
        Assert.That(method.Attribute(_model, TinyModels.ImageInput(1)).Warnings, Is.EqualTo(new[]
        {
            new AttributionWarning(0, "the map is zero everywhere: the method found nothing that speaks for the target class"),
        }));
    }

    [Test]
    public void AConstantMapIsReturnedWithAWarning()
    {
        Given method = new(input =>
        {
            FloatTensor map = input.Clone();
            map.Item(1).Span.Fill(0.25f);
            return map;
        });
        Assert.That(method.Attribute(_model, TinyModels.ImageInput(2)).Warnings, Is.EqualTo(new[] { new AttributionWarning(1, "the map is 0.25 everywhere: it tells no cell from another") }));
    }

    [Test]
    public void AValueThatIsNotFiniteIsReturnedWithAWarningThatSaysWhere()
    {
        Given method = new(input =>
        {
            FloatTensor map = input.Clone();
            map.Span[3] = float.PositiveInfinity;
            return map;
        });
        Assert.That(method.Attribute(_model, TinyModels.ImageInput(1)).Warnings.Single().ToString(), Does.StartWith("item 0: ").And.Contain("position 3"));
    }

    [Test]
    public void AMethodThatBreaksItsPromiseOfShapeIsADefect()
    {
        Given method = new(_ => new FloatTensor(1, 1, 2, 2));
        Assert.That(() => method.Attribute(_model, TinyModels.ImageInput(1)), Throws.InvalidOperationException.With.Message.Contains("(1, 1, 2, 2)"));
    }

    [Test]
    public void ChannelsAreAddedUpInTheMapOfAnItem()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image(channels: 2));
        FloatTensor input = TinyModels.ImageInput(2, channels: 2);
        TimeFrequencyMap map = new Given(given => given.Clone()).Attribute(model, input)[1].Map;
        int cells = TinyModels.Height * TinyModels.Width;
        Assert.That(map[3, 4], Is.EqualTo(input.Item(1).Span[(3 * TinyModels.Width) + 4] + input.Item(1).Span[cells + (3 * TinyModels.Width) + 4]));
    }

    [Test]
    public void AMethodOfTheUsersOwnIsCalledByItsTypesName() =>
        Assert.That(new Given(input => input).ToString(), Is.EqualTo("Given"));

    [Test]
    public void AnUnknownIdIsRefusedWithTheIdsThatThereAre() =>
        Assert.That(() => AttributionMethods.Create("guess"), Throws.InstanceOf<MethodOptionException>().With.Message.Contains("There is no method 'guess'; the methods are "));

    private sealed record Given(Func<FloatTensor, FloatTensor> Map) : AttributionMethod
    {
        protected internal override AttributionOutcome AttributeCore(AttributionRequest request) => new() { Map = Map(request.Input) };
    }
}
