using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AudioEmotionXai.Tests;

/// <summary>What every registered method promises: a new method joins these tests by carrying its id.</summary>
[TestFixtureSource(nameof(Ids))]
public sealed class AttributionMethodContractTests(string id)
{
    private static readonly string[] s_few = ["samples", "steps"];

    private static IEnumerable<string> Ids => AttributionMethods.All.Select(description => description.Id);

    private readonly MethodDescription _description = AttributionMethods.Find(id);
    private readonly AttributionMethod _method = Quick(AttributionMethods.Find(id));
    private readonly AudioClassifier _model = TinyModels.Load(TinyModels.Image());

    [OneTimeTearDown]
    public void CloseModel() => _model.Dispose();

    [Test]
    public void TheMapHasTheInputsShapeOrOneChannelAndIsFinite()
    {
        AttributionResult result = _method.Attribute(_model, TinyModels.ImageInput(2));
        Assert.That(result.Map.Shape.ToArray(), Is.EqualTo([2, 1, TinyModels.Height, TinyModels.Width]));
        Assert.That(float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(result.Map.Span)));
        Assert.That(result.Predictions, Has.Count.EqualTo(2));
        Assert.That(result.Targets, Is.EqualTo(result.Predictions.Select(prediction => prediction.Index)));
    }

    [Test]
    public void WhatDrawsSamplesSaysHowWellTheirHalvesAgreeAndNothingElseDoes()
    {
        AttributionResult result = _method.Attribute(_model, TinyModels.ImageInput(2));
        if (_method is SampledMethod)
            Assert.That(result.HalfAgreement, Has.Count.EqualTo(2).And.All.InRange(-1.0, 1.0));
        else
            Assert.That(result.HalfAgreement, Is.Null);
    }

    [Test]
    public void ColourImagesGiveAMapOfTheirShapeOrOfOneChannel()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image(channels: 3));
        AttributionResult result = _method.Attribute(model, TinyModels.ImageInput(1, channels: 3));
        Assert.That(result.Map.Shape[1], Is.AnyOf(1, 3));
        Assert.That(result[0].Map.Count, Is.EqualTo(TinyModels.Height * TinyModels.Width));
    }

    [Test]
    public void TheSameCallGivesTheSameBytes()
    {
        FloatTensor input = TinyModels.ImageInput(2);
        byte[] first = Bytes(_method.Attribute(_model, input).Map);
        Assert.That(Bytes(_method.Attribute(_model, input).Map), Is.EqualTo(first));
    }

    [Test]
    public void TheSameCallGivesTheSameBytesUnderAnotherCulture()
    {
        FloatTensor input = TinyModels.ImageInput(1);
        byte[] expected = Bytes(_method.Attribute(_model, input).Map);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("pl-PL");
            using AudioClassifier fresh = TinyModels.Load(TinyModels.Image());
            AttributionMethod read = AttributionMethods.Parse(_method.ToString());
            Assert.That(Bytes(read.Attribute(fresh, input).Map), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void TheInputStaysAsItWas()
    {
        FloatTensor input = TinyModels.ImageInput(2);
        byte[] before = Bytes(input);
        AttributionResult result = _method.Attribute(_model, input);
        Assert.That(Bytes(input), Is.EqualTo(before));
        Assert.That(result.Map.Span.Overlaps(input.Span), Is.False);
    }

    [Test]
    public void ABatchGivesWhatALoopGives()
    {
        FloatTensor input = TinyModels.ImageInput(3);
        FloatTensor together = _method.Attribute(_model, input).Map;
        float scale = TensorPrimitives.MaxMagnitude<float>(together.Span);
        for (int item = 0; item < 3; item++)
        {
            FloatTensor alone = _method.Attribute(_model, input.Item(item)).Map;
            Assert.That(LargestDifference(alone.Span, together.Item(item).Span), Is.LessThanOrEqualTo(1e-5f * Math.Abs(scale)), $"item {item}");
        }
    }

    [Test]
    public void AModelThatNeverChangesItsMindGivesZero()
    {
        if (!_method.UsesTarget)
            Assert.Pass("the map does not depend on the score");
        using AudioClassifier constant = TinyModels.Load(TinyModels.Image(isConstant: true));
        AttributionResult result = _method.Attribute(constant, TinyModels.ImageInput(1), ClassTarget.OfIndex(1));
        Assert.That(Math.Abs(TensorPrimitives.MaxMagnitude<float>(result.Map.Span)), Is.LessThanOrEqualTo(1e-6f));
    }

    [Test]
    public void AnAskedForClassIsTheOneExplained()
    {
        FloatTensor input = TinyModels.ImageInput(2);
        AttributionResult result = _method.Attribute(_model, input, ClassTarget.PerItem([2, 0]));
        Assert.That(result.Targets, Is.EqualTo([2, 0]));
        FloatTensor byLabel = _method.Attribute(_model, input.Item(0), ClassTarget.OfLabel("high")).Map;
        Assert.That(LargestDifference(byLabel.Span, result.Map.Item(0).Span), Is.LessThanOrEqualTo(1e-5f));
    }

    [Test]
    public void ACancelledCallThrows()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.That(() => _method.Attribute(_model, TinyModels.ImageInput(1), cancellationToken: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void CancellingOnTheFirstReportEndsTheWork()
    {
        using CancellationTokenSource cancellation = new();
        CancelOnReport progress = new(cancellation);
        Assert.That(
            () => _method.Attribute(_model, TinyModels.ImageInput(2), progress: progress, cancellationToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(progress.Reports, Is.EqualTo(1));
    }

    [Test]
    public void ProgressEndsWithTheLastStep()
    {
        Recorder progress = new();
        _method.Attribute(_model, TinyModels.ImageInput(2), progress: progress);
        Assert.That(progress.Reports, Is.Not.Empty);
        Assert.That(progress.Reports.Select(report => report.Fraction), Is.Ordered);
        Assert.That(progress.Reports[^1].Fraction, Is.EqualTo(1));
    }

    [Test]
    public void TheTextFormReadsBackAsTheSameMethod()
    {
        Assert.That(AttributionMethods.Parse(_method.ToString()), Is.EqualTo(_method));
        Assert.That(AttributionMethods.Parse(_description.Default.ToString()), Is.EqualTo(_description.Default));
    }

    [Test]
    public void WhatHelpTextsNeedIsThere()
    {
        Assert.That(_description.Summary, Is.Not.Empty.And.Not.Contain("\n"));
        Assert.That(_description.Options.Select(option => option.Description), Has.All.Not.Empty);
        Assert.That(_description.Options.Select(option => option.Name), Is.Unique);
    }

    [Test]
    public void AnInputThatDoesNotFitIsRefusedBeforeAnyWork()
    {
        Assert.That(() => _method.Attribute(_model, new FloatTensor(1, 1, 3, 3)), Throws.ArgumentException.With.Message.Contains("(1, 1, 3, 3)"));
        FloatTensor broken = TinyModels.ImageInput(1);
        broken.Span[5] = float.NaN;
        Assert.That(() => _method.Attribute(_model, broken), Throws.ArgumentException.With.Message.Contains("position 5"));
        Assert.That(() => _method.Attribute(_model, TinyModels.ImageInput(1), ClassTarget.OfLabel("absent")), Throws.ArgumentException.With.Message.Contains("low, middle, high"));
    }

    /// <summary>The method with few runs, where it has an option for that: the promises do not depend on how many.</summary>
    private static AttributionMethod Quick(MethodDescription description) => description.Create(
        description.Options.Where(option => s_few.Contains(option.Name)).Select(option => new KeyValuePair<string, string>(option.Name, "12")));

    private static byte[] Bytes(FloatTensor tensor) => MemoryMarshal.AsBytes(tensor.Span).ToArray();

    private static float LargestDifference(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        float[] difference = new float[first.Length];
        TensorPrimitives.Subtract(first, second, difference);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference));
    }

    private sealed class CancelOnReport(CancellationTokenSource cancellation) : IProgress<AttributionProgress>
    {
        public int Reports { get; private set; }

        public void Report(AttributionProgress value)
        {
            Reports++;
            cancellation.Cancel();
        }
    }

    private sealed class Recorder : IProgress<AttributionProgress>
    {
        public List<AttributionProgress> Reports { get; } = [];

        public void Report(AttributionProgress value) => Reports.Add(value);
    }
}
