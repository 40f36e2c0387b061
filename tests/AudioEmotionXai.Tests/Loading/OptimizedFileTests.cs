using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Tests;

/// <summary>Files that ONNX Runtime's optimizer wrote: the gradient is that of the file from before.</summary>
public sealed class OptimizedFileTests
{
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };

    [TestCase("cnn_plain", 3)]
    [TestCase("efficientnet_tiny", 1)]
    [TestCase("convnext_tiny", 0)]
    [TestCase("convnext_tiny_op17", 0)]
    [TestCase("ast", 0)]
    [TestCase("ast_op17", 0)]
    [TestCase("vit_torchvision", 1)]
    [TestCase("whisper_encoder", 2)]
    [TestCase("wav2vec2_base", 5)]
    [TestCase("nn_transformer_encoder", 2)]
    [TestCase("conformer", 2)]
    [TestCase("wavenet_tcn", 4)]
    public void TheGradientIsThatOfTheFileBefore(string name, int target)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf($"{name}.onnx");
        OnnxEnvironment.Start(); // no telemetry
        using (SessionOptions options = new() { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED, OptimizedModelFilePath = path, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL })
        using (new InferenceSession(SharedData.Require($"zoo/{name}.onnx"), options))
        {
        }

        FloatTensor input = NpyFile.Read(SharedData.Require($"zoo/{name}.npy"));
        using AudioClassifier before = AudioClassifier.Load(SharedData.Require($"zoo/{name}.onnx"), s_options);
        using AudioClassifier optimized = AudioClassifier.Load(path, s_options);
        TestContext.Out.WriteLine(string.Join(", ", OnnxModel.Load(path).Nodes.Where(node => node.Domain.Length > 0).Select(node => node.OpType).Distinct()));
        int[] targets = [.. Enumerable.Repeat(target, input.Shape[0])];
        float[] expected = before.Run(new InputGradient(), input, targets, default).Relevance.Span.ToArray();
        float[] actual = optimized.Run(new InputGradient(), input, targets, default).Relevance.Span.ToArray();
        double difference = Math.Sqrt(expected.Zip(actual, (left, right) => Math.Pow(left - right, 2)).Sum()), size = Math.Sqrt(expected.Sum(value => (double)value * value));
        Assert.That(difference, Is.LessThanOrEqualTo(1e-4 * size));
    }
}
