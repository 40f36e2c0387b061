using System.Numerics.Tensors;

namespace AudioEmotionXai.Tests;

/// <summary>LIME, KernelSHAP, occlusion and RISE on a model whose right answer is known: its score is a weighted sum of the cells.</summary>
public sealed class PerturbationMethodTests
{
    private const int Bins = 13;
    private const int Frames = 17;
    private static readonly GridSegmenter s_grid = new() { Rows = 3, Columns = 4 };
    private readonly float[] _weights = [.. Enumerable.Range(0, Bins * Frames).Select(i => (float)Math.Sin(0.7 * i))];
    private AudioClassifier _linear = null!;
    private FloatTensor _input = null!;

    [OneTimeSetUp]
    public void BuildModel()
    {
        OnnxModel model = OnnxModel.Create(17, "linear");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 1, Bins, Frames]));
        float[] weights = [.. _weights, .. _weights.Select(w => -2 * w)];
        model.AddInitializer(OnnxTensor.FromFloats("w", weights, 2, Bins * Frames));
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["flat"]));
        model.Add(new OnnxNode("Gemm", "fc", ["flat", "w"], ["logits"]).Set("transB", 1L));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        _linear = TinyModels.Load(model);
        _input = TinyModels.Input(3, 2, 1, Bins, Frames);
    }

    [OneTimeTearDown]
    public void CloseModel() => _linear.Dispose();

    [Test]
    public void ShapleyValuesOfALinearModelAreWhatEachSegmentAdds()
    {
        AttributionResult result = new KernelShap { Segments = s_grid, Hide = Hiding.With(Baseline.Zero), Samples = 100, Score = ClassScore.Logit }.Attribute(_linear, _input, ClassTarget.OfIndex(0));
        for (int item = 0; item < 2; item++)
            Assert.That(Detail(result, "values", item), Is.EqualTo(SegmentSums(item)).Within(1e-5));
        Assert.That(result.CompletenessGap!.Select(Math.Abs), Is.All.LessThan(1e-5));
    }

    [Test]
    public void LimeFindsThemTooWhereTheRidgeIsSmall()
    {
        Lime lime = new() { Segments = s_grid, Hide = Hiding.With(Baseline.Zero), Samples = 200, Ridge = 1e-9, Score = ClassScore.Logit };
        AttributionResult result = lime.Attribute(_linear, _input, ClassTarget.OfIndex(0));
        Assert.That(Detail(result, "coefficients", 1), Is.EqualTo(SegmentSums(1)).Within(1e-4));
        Assert.That(Detail(result, "score", 1)[0], Is.EqualTo(1).Within(1e-6));
        SegmentMap segments = s_grid.Segment(new TimeFrequencyMap(Bins, Frames));
        Assert.That(result[1].Map.Memory.ToArray(), Is.EqualTo(segments.Paint(Detail(result, "coefficients", 1)).Memory.ToArray()));
    }

    [Test]
    public void AllClassesComeFromTheSameSamples()
    {
        LimeExplanation explanation = new Lime { Segments = s_grid, Samples = 150, Ridge = 1e-9, Score = ClassScore.Logit }.FitSurrogates(_linear, _input)[0];
        double[] first = explanation.Classes[0].Coefficients.ToArray(), second = explanation.Classes[1].Coefficients.ToArray();
        Assert.That(second, Is.EqualTo(first.Select(c => -2 * c)).Within(1e-4));
    }

    [Test]
    public void OcclusionOfALinearModelIsTheMeanOverTheWindowsOfWhatTheyHide()
    {
        Occlusion occlusion = new() { Window = new CellSize(5, 4), Stride = new CellSize(3, 2) };
        float[] map = occlusion.Attribute(_linear, _input, ClassTarget.OfIndex(0))[1].Map.Memory.ToArray();
        Assert.That(map, Is.EqualTo(PlainOcclusion(1, occlusion)).Within(1e-4));
    }

    [Test]
    public void OcclusionWithoutOverlapSumsToTheScore()
    {
        Occlusion occlusion = new() { Window = new CellSize(4, 5), Stride = new CellSize(4, 5) };
        TimeFrequencyMap map = occlusion.Attribute(_linear, _input, ClassTarget.OfIndex(0))[0].Map;
        double sum = 0;
        for (int bin = 0; bin < Bins; bin += 4)
            for (int frame = 0; frame < Frames; frame += 5)
                sum += map[bin, frame];
        Assert.That(sum, Is.EqualTo(TensorPrimitives.Dot<float>(_input.Item(0).Span, _weights)).Within(1e-3));
    }

    [Test]
    public void AStrideLargerThanTheWindowIsRefused() =>
        Assert.That(() => new Occlusion { Stride = new CellSize(17, 1) }.Attribute(_linear, _input), Throws.InstanceOf<ArgumentException>().With.Message.Contains("never be hidden"));

    [Test]
    public void RiseLightsTheCellsThatRaiseTheScore()
    {
        float[] weights = new float[Bins * Frames];
        FloatTensor input = new(1, 1, Bins, Frames);
        input.Span.Fill(1);
        using AudioClassifier model = CornerModel(weights);
        TimeFrequencyMap map = new Rise { Samples = 600, Grid = new CellSize(4, 5), Score = ClassScore.Logit }.Attribute(model, input, ClassTarget.OfIndex(0))[0].Map;
        Assert.That(map[1, 14], Is.GreaterThan(0.5));
        Assert.That(Math.Abs(map[11, 2]), Is.LessThan(0.25));
        int best = map.Span.IndexOf(TensorPrimitives.Max<float>(map.Span));
        Assert.That((best / Frames, best % Frames), Is.EqualTo((1, 14)).Using<(int, int)>((a, b) => Math.Abs(a.Item1 - b.Item1) <= 2 && Math.Abs(a.Item2 - b.Item2) <= 2));
    }

    [Test]
    public void RiseMasksStayWithinTheirRangeAndShowCellsEquallyOften()
    {
        RiseMasks masks = new(new(1, Bins, Frames, InputLayout.Parse("n c f t")), new CellSize(3, 5), 0.3, 1);
        float[] mask = new float[Bins * Frames];
        double[] sums = new double[mask.Length];
        for (int i = 0; i < 3000; i++)
        {
            masks.Next(mask);
            Assert.That(TensorPrimitives.Min<float>(mask), Is.GreaterThanOrEqualTo(0f));
            Assert.That(TensorPrimitives.Max<float>(mask), Is.LessThanOrEqualTo(1f));
            for (int cell = 0; cell < mask.Length; cell++)
                sums[cell] += mask[cell];
        }

        Assert.That(sums.Select(sum => sum / 3000), Is.All.EqualTo(0.3).Within(0.05));
    }

    [Test]
    public void LimeStopsWhenTheRankingHasSettledAndSaysSo()
    {
        Lime lime = new() { Segments = s_grid, Samples = 5000, Score = ClassScore.Logit, Sampling = SampleScheme.Orthogonal, StopTop = 3 };
        LimeExplanation stopped = lime.FitSurrogates(_linear, _input, ClassTarget.OfIndex(0))[0];
        LimeExplanation full = (lime with { StopTop = 0 }).FitSurrogates(_linear, _input, ClassTarget.OfIndex(0))[0];
        Assert.That(stopped.End, Is.EqualTo(LimeEnd.StableRanking));
        Assert.That(stopped.Samples, Is.LessThan(1000));
        Assert.That(full.End, Is.EqualTo(LimeEnd.AllSamples));
        Assert.That(stopped.Classes[0].Order.ToArray()[..3], Is.EquivalentTo(full.Classes[0].Order.ToArray()[..3]));
    }

    [Test]
    public void ProgressEndsAtTheEndAfterAnEarlyStopToo()
    {
        List<double> fractions = [];
        Lime lime = new() { Segments = s_grid, Samples = 3000, Score = ClassScore.Logit, StopTop = 2 };
        lime.FitSurrogates(_linear, _input, progress: new Immediate(progress => fractions.Add(progress.Fraction)));
        Assert.That(fractions, Is.Ordered);
        Assert.That(fractions[^1], Is.EqualTo(1));
    }

    [Test]
    public void SequencesAreSegmentedOverChannelsAndTime()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Sequence());
        FloatTensor input = TinyModels.Input(4, 2, 5, TinyModels.Width);
        foreach (AttributionMethod method in new AttributionMethod[] { new Lime { Samples = 50, Segments = s_grid }, new KernelShap { Samples = 30, Segments = s_grid }, new Occlusion { Window = new(2, 3), Stride = new(1, 2) }, new Rise { Samples = 20 }, new Silence { Samples = 3 } })
            Assert.That(method.Attribute(model, input).Map.Shape.ToArray(), Is.EqualTo(input.Shape.ToArray()), method.ToString());
    }

    [Test]
    public void HiddenSegmentsShowTheirOwnMeanPerChannel()
    {
        FloatTensor item = new(new float[] { 1, 3, 5, 7, 10, 30, 50, 70 }, 1, 2, 1, 4);
        SegmentHider hider = new(item.Memory, new(2, 1, 4, InputLayout.Parse("n c f t")), new SegmentMap([0, 0, 1, 1], 1, 4), Hiding.SegmentMean);
        float[] composed = new float[8];
        hider.Compose([0, 1], composed);
        Assert.That(composed, Is.EqualTo(new float[] { 2, 2, 5, 7, 20, 20, 50, 70 }));
        hider.Compose([1, 1], composed);
        Assert.That(composed, Is.EqualTo(item.Memory.ToArray()));
    }

    [TestCase("segment-mean")]
    [TestCase("mean")]
    [TestCase("min")]
    [TestCase("-1.5")]
    [SetCulture("pl-PL")]
    public void WaysToHideReadBackAsTheyAreWritten(string text) =>
        Assert.That(Hiding.Parse(text, null).ToString(), Is.EqualTo(text));

    [Test]
    public void OptionsOutOfRangeAreRefusedByName()
    {
        Assert.That(() => new Lime { Samples = 1 }, Throws.InstanceOf<ArgumentException>().With.Message.Contains("Samples"));
        Assert.That(() => AttributionMethods.Create("lime", [new("kernel", "0")]), Throws.InstanceOf<MethodOptionException>().With.Message.Contains("Kernel"));
        Assert.That(() => AttributionMethods.Create("lime", [new("hide", "away")]), Throws.InstanceOf<MethodOptionException>().With.Message.Contains("segment-mean, mean, min or a number"));
        Assert.That(() => AttributionMethods.Create("occlusion", [new("window", "16")]), Throws.InstanceOf<MethodOptionException>().With.Message.Contains("BINSxFRAMES"));
        Assert.That(() => new Silence { Percentile = 101 }, Throws.InstanceOf<ArgumentException>().With.Message.Contains("Percentile"));
        Assert.That(() => new Rise { Probability = 1 }, Throws.InstanceOf<ArgumentException>().With.Message.Contains("Probability"));
    }

    private static double[] Detail(AttributionResult result, string name, int item) =>
        result.Details.Single(detail => detail.Name == name && detail.Item == item).Values.ToArray();

    private double[] SegmentSums(int item)
    {
        SegmentMap segments = s_grid.Segment(new TimeFrequencyMap(Bins, Frames));
        double[] sums = new double[segments.Count];
        for (int cell = 0; cell < _weights.Length; cell++)
            sums[segments.Labels.Span[cell]] += _weights[cell] * _input.Item(item).Span[cell];
        return sums;
    }

    private float[] PlainOcclusion(int item, Occlusion occlusion)
    {
        double[] sums = new double[Bins * Frames], covers = new double[Bins * Frames];
        int down = (int)Math.Ceiling((Bins - occlusion.Window.Bins) / (double)occlusion.Stride.Bins) + 1;
        int along = (int)Math.Ceiling((Frames - occlusion.Window.Frames) / (double)occlusion.Stride.Frames) + 1;
        for (int place = 0; place < down * along; place++)
        {
            int top = place / along * occlusion.Stride.Bins, left = place % along * occlusion.Stride.Frames;
            int[] hidden = [.. Enumerable.Range(0, Bins * Frames).Where(c => c / Frames >= top && c / Frames < top + occlusion.Window.Bins && c % Frames >= left && c % Frames < left + occlusion.Window.Frames)];
            double drop = hidden.Sum(c => (double)_weights[c] * _input.Item(item).Span[c]);
            foreach (int cell in hidden)
            {
                sums[cell] += drop;
                covers[cell]++;
            }
        }

        return [.. sums.Select((sum, cell) => (float)(sum / covers[cell]))];
    }

    private static AudioClassifier CornerModel(float[] weights)
    {
        for (int bin = 0; bin < 3; bin++)
            for (int frame = 13; frame < 16; frame++)
                weights[(bin * Frames) + frame] = 1;
        OnnxModel model = OnnxModel.Create(17, "corner");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 1, Bins, Frames]));
        model.AddInitializer(OnnxTensor.FromFloats("w", [.. weights, .. new float[weights.Length]], 2, Bins * Frames));
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["flat"]));
        model.Add(new OnnxNode("Gemm", "fc", ["flat", "w"], ["logits"]).Set("transB", 1L));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 2]));
        return TinyModels.Load(model);
    }

    private sealed class Immediate(Action<AttributionProgress> action) : IProgress<AttributionProgress>
    {
        public void Report(AttributionProgress value) => action(value);
    }
}
