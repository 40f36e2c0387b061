using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Tests;

/// <summary>
/// Differentiates an <see cref="OperatorCase"/>: makes a classifier of it (flatten, then random weights to three classes), compiles the
/// gradient, and holds it to finite differences, to the plain twin, and to the shapes and the soundness that every program must have.
/// </summary>
/// <remarks>
/// Why steps of 0.02 and a tolerance of 1e-3: a score is a float32 sum of up to 700 products of values up to 5 and normal weights. It is
/// about 80 in size and right to about 1e-5 (2^-24 of each partial sum, adding up like a random walk), so a difference over 2 * 0.02 is
/// right to about 3e-4, where the largest derivative is about 3: rounding costs 1e-4 of it. The truncation error that extrapolating from
/// two steps leaves is f⁽⁵⁾h⁴/30 = 5e-9 f⁽⁵⁾. So rounding rules, and a shorter step would raise it; a longer one would jump over the kinks,
/// which the cases keep 0.05 away from. Measured: 4e-5 of the largest derivative at worst for pools, 3e-4 for ReduceLogSum, whose largest
/// is 0.05. Linear operators answer to unit inputs without cancellation: 1e-5, measured 1e-6.
/// </remarks>
internal static class GradientCheck
{
    private const int Classes = 3;
    private const float Step = 0.02f;
    private const float LargestInput = 6;
    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };

    /// <param name="test">The case.</param>
    /// <param name="hasShapeRule">Whether the shape follows from the operators as they are, before loading makes them plain.</param>
    /// <param name="asOneBatch">Whether items cannot be run in other numbers, as constants belong to them, or they belong together.</param>
    public static void Run(OperatorCase test, bool hasShapeRule = true, bool asOneBatch = false)
    {
        FloatTensor x = test.Input();
        Assert.That(x.Span.ToArray().Max(Math.Abs), Is.LessThanOrEqualTo(LargestInput), "the tolerances are meant for inputs of this size");
        int[] shape = ShapeOf(test, x);
        if (hasShapeRule)
            AssertInferredShape(test, shape);
        float[] weights = OperatorCase.Normal(new Random(test.Seed + 7), (long)Cells(shape) / shape[0] * Classes);
        using AudioClassifier model = AudioClassifier.FromOnnx(Classifier(test, shape, weights), s_options);
        int[] targets = [.. Enumerable.Range(0, test.Items).Select(item => item % Classes)];
        FloatTensor gradient = model.Run(new InputGradient(), x, targets, default).Relevance;
        Assert.That(gradient.Shape.ToArray(), Is.EqualTo(test.Shape), "the gradient has the input's shape");
        AssertSound(model, x, targets, gradient);
        Assert.That(test.HasKinks, Is.False.Or.EqualTo(test.Plain is not null), "a case with kinks needs a plain twin");
        if (!test.HasKinks)
            AssertClose(
                gradient.Span, asOneBatch ? DifferencesOfBatch(model, x, targets, test.Linear) : Differences(model, x, targets, test.Linear),
                test.Linear ? 1e-5 : 1e-3, "finite differences");
        if (test.Plain is { } plain)
            AssertClose(gradient.Span, TwinGradient(plain, x, targets, weights), 1e-5, "the plain twin");
    }

    /// <summary>The gradient of the sum of all outputs, where the answer is known by heart.</summary>
    public static float[] OfTheSum(OperatorCase test)
    {
        FloatTensor x = test.Input();
        int[] shape = ShapeOf(test, x);
        float[] ones = [.. Enumerable.Repeat(1f, Cells(shape) / shape[0] * Classes)];
        using AudioClassifier model = AudioClassifier.FromOnnx(Classifier(test, shape, ones), s_options);
        return model.Run(new InputGradient(), x, new int[shape[0]], default).Relevance.Span.ToArray();
    }

    /// <summary>The largest difference must be within the tolerance times the largest expected value.</summary>
    public static void AssertClose(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double tolerance, string what)
    {
        double largest = 0;
        double worst = 0;
        int at = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            double error = Math.Abs(actual[i] - expected[i]);
            if (!(error <= worst))
                (worst, at) = (error, i);
        }

        string message = string.Create(CultureInfo.InvariantCulture, $"against {what}: worst at cell {at}: {actual[at]} instead of {expected[at]}; the largest expected value is {largest}");
        Assert.That(worst, Is.LessThanOrEqualTo(tolerance * Math.Max(largest, 1e-6)), message);
    }

    private static OnnxModel Classifier(OperatorCase test, int[] shape, float[] weights)
    {
        OnnxModel model = test.Body();
        model.ClearOutputs();
        model.Add(new OnnxNode("Flatten", "head_flatten", ["y"], ["features"]));
        model.AddInitializer(OnnxTensor.FromFloats("head_weights", weights, weights.Length / Classes, Classes));
        model.Add(new OnnxNode("MatMul", "head", ["features", "head_weights"], ["scores"]));
        model.AddOutput(new OnnxValueInfo("scores", OnnxElementType.Float, [test.FreeAxes.Contains(0) ? new OnnxDimension(null, "axis0") : shape[0], Classes]));
        return model;
    }

    private static int[] ShapeOf(OperatorCase test, FloatTensor x)
    {
        OnnxEnvironment.Start(); // no telemetry
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
        OnnxModel body = test.Body();
        RecurrentForm.Apply(body); // the runtime knows no layout 1
        using InferenceSession session = new(body.ToBytes(), options);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, x.Memory, Array.ConvertAll(test.Shape, length => (long)length));
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x"], [value], ["y"]);
        return Array.ConvertAll(results[0].GetTensorTypeAndShape().Shape, length => (int)length);
    }

    private static void AssertInferredShape(OperatorCase test, int[] actual)
    {
        Dim[]? inferred = ShapeInference.Infer(test.Body()).ShapeOf("y");
        Assert.That(inferred, Is.Not.Null, "the shape is inferred");
        Assert.That(inferred!.Length, Is.EqualTo(actual.Length), "the inferred rank");
        for (int axis = 0; axis < actual.Length; axis++)
            if (inferred[axis].IsFixed)
                Assert.That(inferred[axis].Offset, Is.EqualTo(actual[axis]), $"the inferred length of axis {axis}");
            else
                Assert.That(test.FreeAxes, Is.Not.Empty, $"axis {axis} should be known, but is {inferred[axis]}");
    }

    private static void AssertSound(AudioClassifier model, FloatTensor x, int[] targets, FloatTensor gradient)
    {
        OnnxModel compiled = model.Compile(new InputGradient());
        GraphChecker.Check(compiled);
        OnnxEnvironment.Start(); // no telemetry
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using InferenceSession session = new(compiled.ToBytes(), options);
        Assert.That(session.OutputNames, Is.EqualTo((string[])["logits", "relevance"]));
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, x.Memory, Array.ConvertAll(x.Shape.ToArray(), length => (long)length));
        using OrtValue target = OrtValue.CreateTensorValueFromMemory<long>(OrtMemoryInfo.DefaultInstance, Array.ConvertAll(targets, index => (long)index), [targets.Length]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x", "target_class"], [input, target], ["relevance"]);
        AssertClose(gradient.Span, ToDoubles(results[0].GetTensorDataAsSpan<float>()), 1e-5, "a bare session without optimisation");
    }

    /// <summary>Unit inputs for a linear operator; otherwise central differences, extrapolated from two step sizes.</summary>
    private static double[] Differences(AudioClassifier model, FloatTensor x, int[] targets, bool linear)
    {
        int cells = x.Length / x.Shape[0];
        float[] steps = linear ? [0, 1] : [Step, -Step, 2 * Step, -2 * Step];
        double[] result = new double[x.Length];
        for (int item = 0; item < x.Shape[0]; item++)
        {
            FloatTensor moved = new([cells * steps.Length, .. x.Shape[1..]]);
            for (int cell = 0; cell < cells; cell++)
                for (int s = 0; s < steps.Length; s++)
                {
                    Span<float> copy = moved.Item((cell * steps.Length) + s).Span;
                    if (!linear)
                        x.Item(item).Span.CopyTo(copy);
                    copy[cell] += steps[s];
                }

            ReadOnlySpan<float> scores = model.Logits(moved).Span;
            for (int cell = 0; cell < cells; cell++)
            {
                double Score(ReadOnlySpan<float> all, int s) => all[(((cell * steps.Length) + s) * Classes) + targets[item]];

                result[(item * cells) + cell] = linear
                    ? Score(scores, 1) - Score(scores, 0)
                    : ((4 * (Score(scores, 0) - Score(scores, 1)) / (2 * Step)) - ((Score(scores, 2) - Score(scores, 3)) / (4 * Step))) / 3;
            }
        }

        return result;
    }

    /// <summary>The same by batches of the same size, of all items' scores together.</summary>
    private static double[] DifferencesOfBatch(AudioClassifier model, FloatTensor x, int[] targets, bool linear)
    {
        float[] steps = linear ? [0, 1] : [Step, -Step, 2 * Step, -2 * Step];
        double[] result = new double[x.Length];
        for (int cell = 0; cell < x.Length; cell++)
        {
            double[] scores = Array.ConvertAll(steps, step =>
            {
                FloatTensor moved = new(x.Shape);
                if (!linear)
                    x.Span.CopyTo(moved.Span);
                moved.Span[cell] += step;
                FloatTensor logits = model.Logits(moved);
                return targets.Select((target, item) => (double)logits.Span[(item * Classes) + target]).Sum();
            });
            result[cell] = linear
                ? scores[1] - scores[0]
                : ((4 * (scores[0] - scores[1]) / (2 * Step)) - ((scores[2] - scores[3]) / (4 * Step))) / 3;
        }

        return result;
    }

    private static double[] TwinGradient(Func<double[], double[]> plain, FloatTensor x, int[] targets, float[] weights)
    {
        const double step = 1e-5;
        int cells = x.Length / x.Shape[0];
        double[] result = new double[x.Length];
        for (int item = 0; item < x.Shape[0]; item++)
        {
            double[] values = ToDoubles(x.Item(item).Span);
            for (int cell = 0; cell < cells; cell++)
            {
                double original = values[cell];
                values[cell] = original + step;
                double[] above = plain(values);
                values[cell] = original - step;
                double[] below = plain(values);
                values[cell] = original;
                for (int i = 0; i < above.Length; i++)
                    result[(item * cells) + cell] += weights[(i * Classes) + targets[item]] * (above[i] - below[i]) / (2 * step);
            }
        }

        return result;
    }

    private static int Cells(ReadOnlySpan<int> shape)
    {
        int cells = 1;
        foreach (int length in shape)
            cells *= length;
        return cells;
    }

    private static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        double[] result = new double[values.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = values[i];
        return result;
    }
}
