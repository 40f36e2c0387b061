using System.Globalization;

namespace AudioEmotionXai.Tests;

/// <summary>Whole models with recurrent layers: exports with random weights whose gradients come from float64 autograd, and a trained one.</summary>
[TestFixture]
internal sealed class RecurrentModelTests
{
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };

    /// <summary>Relative L2 of 1e-4: float32 against float64 through some tens of steps; 1e-6 was measured.</summary>
    [TestCase("crnn_bilstm", 3)]
    [TestCase("crnn_bilstm_fixed", 3)]
    [TestCase("crnn_bigru_attention", 4)]
    [TestCase("lstm_mfcc", 2)]
    [TestCase("lstm_unrolled", 5)]
    [TestCase("scripted_loop", 0)]
    public void AnExportsGradientIsThatOfAutograd(string name, int target)
    {
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require($"zoo/{name}.onnx"), s_options);
        FloatTensor input = NpyFile.Read(SharedData.Require($"zoo/{name}.npy")), expected = NpyFile.Read(SharedData.Require($"zoo/{name}.grad.npy"));
        AssertRelative(new Gradient().Attribute(model, input, ClassTarget.OfIndex(target)).Map, expected, 1e-4);
    }

    /// <summary>Every other method of the family runs on it, over batches, and as a file on a bare session.</summary>
    [TestCase("crnn_bilstm", 3)]
    [TestCase("crnn_bigru_attention", 4)]
    [TestCase("lstm_mfcc", 2)]
    [TestCase("scripted_loop", 0)]
    public void ABatchIsItsItemsAndACompiledFileIsTheMethod(string name, int target)
    {
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require($"zoo/{name}.onnx"), s_options);
        FloatTensor input = NpyFile.Read(SharedData.Require($"zoo/{name}.npy"));
        foreach (CompiledMethod method in (CompiledMethod[])[new Gradient(), new InputXGradient(), new GuidedBackprop()])
        {
            FloatTensor both = method.Attribute(model, input, ClassTarget.OfIndex(target)).Map;
            for (int item = 0; item < input.Shape[0]; item++)
                AssertRelative(method.Attribute(model, input.Items(item, 1), ClassTarget.OfIndex(target)).Map, both.Items(item, 1), 1e-5);
            OnnxModel compiled = method.Compile(model);
            GraphChecker.Check(compiled);
            using OnnxSession session = OnnxSession.Create(compiled, new SessionSettings(ExecutionProvider.Cpu, 1));
            AssertRelative(session.Run(input, [.. Enumerable.Repeat(target, input.Shape[0])], CancellationToken.None)[1], both, 1e-5);
        }

        FloatTensor path = new IntegratedGradients { Steps = 16 }.Attribute(model, input, ClassTarget.OfIndex(target)).Map;
        Assert.That(path.Span.ToArray(), Has.All.Matches<float>(float.IsFinite).And.Some.Not.Zero);
        FloatTensor smooth = new SmoothGrad { Samples = 3 }.Attribute(model, input, ClassTarget.OfIndex(target)).Map;
        Assert.That(smooth.Span.ToArray(), Has.All.Matches<float>(float.IsFinite).And.Some.Not.Zero);
    }

    /// <summary>A class activation map behind the convolutions goes back through the recurrent layer only.</summary>
    [TestCase("crnn_bilstm", 3)]
    [TestCase("crnn_bigru_attention", 4)]
    public void AClassActivationMapAtTheLastConvolutionIsMadeOfItsGradient(string name, int target)
    {
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require($"zoo/{name}.onnx"), s_options);
        FloatTensor input = NpyFile.Read(SharedData.Require($"zoo/{name}.npy"));
        foreach (string text in (string[])["gradcam", "gradcam++", "layercam"])
        {
            if (!AttributionMethods.All.Any(description => description.Id == text))
                continue;
            FloatTensor map = AttributionMethods.Parse($"{text} layer=/cnn/cnn.2/cnn.2.2/Relu_output_0").Attribute(model, input, ClassTarget.OfIndex(target)).Map;
            Assert.That(map.Shape.ToArray(), Is.EqualTo((int[])[input.Shape[0], 1, input.Shape[2], input.Shape[3]]), text);
            Assert.That(map.Span.ToArray(), Has.All.Matches<float>(float.IsFinite), text);
        }
    }

    [Test]
    public void ACasesGradientIsThatOfAutograd()
    {
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require("cases/models/03_crnn_gru.onnx"), s_options);
        FloatTensor input = NpyFile.Read(SharedData.Require("cases/models/03_crnn_gru.in.npy"));
        AssertRelative(new Gradient().Attribute(model, input).Map, NpyFile.Read(SharedData.Require("cases/models/03_crnn_gru.g.npy")), 1e-4);
    }

    /// <summary>The gradient to 1e-5 of its largest, integrated gradients to 1e-3: the references name 4e-6 as what float32 costs.</summary>
    [TestCase("model")]
    [TestCase("model_opset15")]
    public void TheTrainedModelsMapsAreTheReferences(string file)
    {
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require($"models/crnn/{file}.onnx"), s_options);
        FloatTensor input = NpyFile.Read(SharedData.Require("models/crnn/goldens/input.npy"));
        int[] targets = NpyFile.ReadInt32(SharedData.Require("models/crnn/goldens/target.npy"));
        FloatTensor gradient = NpyFile.Read(SharedData.Require("models/crnn/goldens/gradient.npy"));
        FloatTensor integrated = NpyFile.Read(SharedData.Require("models/crnn/goldens/integrated_gradients_50_gauss_legendre.npy"));
        for (int item = 0; item < targets.Length; item++)
        {
            double[] expected = Array.ConvertAll(gradient.Item(item).Span.ToArray(), value => (double)value);
            GradientCheck.AssertClose(new Gradient().Attribute(model, input.Items(item, 1), ClassTarget.OfIndex(targets[item])).Map.Span, expected, 1e-5, "the reference");
            AssertRelative(new IntegratedGradients { Steps = 50 }.Attribute(model, input.Items(item, 1), ClassTarget.OfIndex(targets[item])).Map, integrated.Item(item), 1e-3);
        }
    }

    private static void AssertRelative(FloatTensor actual, FloatTensor expected, double tolerance)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow(actual.Span[i] - expected.Span[i], 2);
            size += Math.Pow(expected.Span[i], 2);
        }

        double relative = Math.Sqrt(difference / size);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"relative L2 {relative:E2}"));
        Assert.That(relative, Is.LessThanOrEqualTo(tolerance));
    }
}
