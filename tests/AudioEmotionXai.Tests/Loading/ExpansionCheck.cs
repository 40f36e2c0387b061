using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Tests;

/// <summary>Holds an operator that loading writes as others to what the runtime computes with the operator itself, and its gradient to
/// finite differences.</summary>
internal static class ExpansionCheck
{
    /// <summary>Forward within a part of the largest value: 1e-5, for sums of float32 in another order.</summary>
    public static void Run(OperatorCase test, double tolerance = 1e-5, bool isDifferentiable = true, bool isAllStandard = true)
    {
        OnnxModel original = test.Body(), plain = test.Body();
        (IReadOnlyList<AppliedPass> passes, _) = MadePlain.Of(plain);
        Assert.That(passes, Is.Not.Empty, "something was done");
        if (isAllStandard)
            Assert.That(plain.Nodes.Where(node => node.Domain.Length > 0 || OperatorExpansions.WhyNot(plain, node).Length > 0), Is.Empty);
        FloatTensor x = test.Input();
        float[] expected = Bare(original, x), actual = Bare(plain, x);
        GradientCheck.AssertClose(actual, Array.ConvertAll(expected, value => (double)value), tolerance, "the runtime's own operator");
        Assert.That(expected.Max(Math.Abs), Is.GreaterThan(1e-3));
        if (isDifferentiable)
            GradientCheck.Run(test, hasShapeRule: false, asOneBatch: true);
    }

    public static float[] Bare(OnnxModel model, FloatTensor x)
    {
        OnnxEnvironment.Start(); // no telemetry
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using InferenceSession session = new(model.ToBytes(), options);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, x.Memory, Array.ConvertAll(x.Shape.ToArray(), length => (long)length));
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x"], [value], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
