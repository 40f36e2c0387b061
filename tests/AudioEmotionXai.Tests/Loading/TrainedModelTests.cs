namespace AudioEmotionXai.Tests;

/// <summary>Trained models of other kinds against float64 references: logits, gradients, integrated gradients.</summary>
public sealed class TrainedModelTests
{
    [TestCase("ast", "model.onnx")]
    [TestCase("ast", "model_opset15.onnx")]
    [TestCase("crnn", "model.onnx")]
    [TestCase("crnn", "model_opset15.onnx")]
    [TestCase("wave", "model.onnx")]
    [TestCase("wave", "model_opset15.onnx")]
    public void GradientsAreTheReferences(string kind, string file)
    {
        using AudioClassifier model = AudioClassifier.Load(
            SharedData.Require($"models/{kind}/{file}"), new() { Provider = ExecutionProvider.Cpu });
        FloatTensor input = Golden(kind, "input");
        ClassTarget target = ClassTarget.PerItem([.. NpyFile.ReadArray(SharedData.Require($"models/{kind}/goldens/target.npy")).ToInt64s().Select(index => (int)index)]);
        Assert.That(model.Logits(input).Span.ToArray(), Is.EqualTo(Golden(kind, "logits").Span.ToArray()).Within(1e-4f));
        foreach ((string method, string golden, double tolerance) in new[]
        {
            ("gradient", "gradient", 1e-5), ("input-x-gradient", "input_x_gradient", 1e-5),
            ("integrated-gradients steps=50", "integrated_gradients_50_gauss_legendre", 1e-3),
        })
        {
            float[] actual = AttributionMethods.Parse(method).Attribute(model, input, target).Map.Span.ToArray();
            float[] expected = Golden(kind, golden).Span.ToArray();
            double largest = expected.Max(Math.Abs);
            double worst = actual.Zip(expected, (a, b) => Math.Abs(a - (double)b)).Max() / largest;
            double relative = Math.Sqrt(actual.Zip(expected, (a, b) => Math.Pow(a - (double)b, 2)).Sum() / expected.Sum(b => Math.Pow(b, 2)));
            TestContext.Out.WriteLine(FormattableString.Invariant($"{kind} {file} {method}: {worst:0.0e0} of the largest, relative L2 {relative:0.0e0}"));
            Assert.That(golden.StartsWith("integrated", StringComparison.Ordinal) ? relative : worst, Is.LessThan(tolerance), method);
        }
    }

    private static FloatTensor Golden(string kind, string name) => NpyFile.Read(SharedData.Require($"models/{kind}/goldens/{name}.npy"));
}
