using System.Globalization;

namespace AudioEmotionXai.Tests;

/// <summary>
/// The gradient of every export of the zoo against float64 autograd, and of those written by hand against differences. One file is
/// refused: trees have no slope.
/// </summary>
internal sealed class ZooGradientTests
{
    // float32 sums against float64: 2e-7 to 2e-6 measured; a kink that float32 takes on the other side costs more
    private const double Tolerance = 1e-4;

    // The reference is the network before its weights and activations were rounded: other units are active, other maxima win
    private static readonly Dictionary<string, double> s_rounded = new() { ["int8_qdq_cnn"] = 0.25, ["fp16_cnn"] = 0.02, ["fp16_cnn_io"] = 0.02 };

    // What these references are of, where it is not the score before the head: what comes out of it
    private static readonly string[] s_ofProbabilities = ["sigmoid_multilabel", "sigmoid_single", "panns_cnn14_sigmoid_embedding"];

    private static readonly AudioClassifierOptions s_options = new() { Provider = ExecutionProvider.Cpu, Threads = 1 };

    [TestCaseSource(nameof(Exports))]
    public void TheGradientIsThatOfAutograd(string name, int target)
    {
        double[] expected = NpyFile.ReadArray(SharedData.Require($"zoo/{name}.grad.npy")).ToDoubles();
        using AudioClassifier model = Load(name);
        FloatTensor input = model.ReadInput(SharedData.Require($"zoo/{name}.npy"));
        FloatTensor gradient = name switch
        {
            "m5_waveform" => OfLogProbability(model, input, target),
            "framewise_sed" => Times(input.Shape[3], Gradient(model, input, target)),
            _ when s_ofProbabilities.Contains(name) =>
                new Gradient { Score = ClassScore.Probability }.Attribute(model, input, ClassTarget.OfIndex(target)).Map,
            _ => Gradient(model, input, target),
        };
        // The reference of this one heard 31 of 40 frames of the second clip, which a contract cannot say clip by clip
        int compared = name is "two_inputs_lengths" ? expected.Length / 2 : expected.Length;
        double difference = 0, size = 0;
        for (int i = 0; i < compared; i++)
        {
            difference += Math.Pow(gradient.Span[i] - expected[i], 2);
            size += expected[i] * expected[i];
        }

        double relative = Math.Sqrt(difference / size);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {relative:g2}"));
        Assert.That(relative, Is.LessThanOrEqualTo(s_rounded.GetValueOrDefault(name, Tolerance)));
    }

    [TestCaseSource(nameof(ByHand))]
    public void TheGradientOfAGraphByHandIsThatOfDifferences(string name)
    {
        using AudioClassifier model = Load(name);
        int[] shape = [.. model.Graph.Input.Shape!.Select((length, axis) => (int)(length.Value ?? (axis == 0 ? 2 : 1024)))];
        FloatTensor input = TinyModels.Input(3, shape);
        if (name.Contains("silence", StringComparison.Ordinal))
            input.Span[..(input.Length / 2)].Clear();
        FloatTensor gradient = Gradient(model, input, 0);
        Assert.That(gradient.Span.ToArray(), Is.All.Matches<float>(float.IsFinite));
        // Over many steps of integers, where there are such
        bool isRounded = name.Contains("dynamic_quantised", StringComparison.Ordinal);
        float step = isRounded ? 0.3f : 2e-3f;
        int items = shape[0], cells = input.Length / items;
        double[] differences = new double[12 * items], products = new double[12 * items];
        for (int direction = 0; direction < 12; direction++)
        {
            FloatTensor along = TinyModels.Input(20 + direction, shape);
            if (name.Contains("silence", StringComparison.Ordinal))
                along.Span[..(input.Length / 2)].Clear();
            float[] above = Scores(model, input, along, step), below = Scores(model, input, along, -step);
            for (int item = 0; item < items; item++)
            {
                differences[(direction * items) + item] =
                    ((double)above[item * model.Graph.Classes] - below[item * model.Graph.Classes]) / (2 * step);
                for (int i = item * cells; i < (item + 1) * cells; i++)
                    products[(direction * items) + item] += (double)gradient.Span[i] * along.Span[i];
            }
        }

        double largest = differences.Max(Math.Abs);
        double worst = differences.Zip(products, (left, right) => Math.Abs(left - right)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {worst / largest:g2}"));
        // Differences of float32 scores, over kinks too
        Assert.That(worst, Is.LessThanOrEqualTo((isRounded ? 0.25 : 2e-2) * largest));
        Assert.That(largest, Is.GreaterThan(0));
    }

    [Test]
    public void TreesAreRefusedByName()
    {
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require("zoo/h_sklearn_trees.onnx"), s_options);
        Assert.That(() => model.Compile(new InputGradient()), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("TreeEnsembleClassifier"));
        Assert.That(new Occlusion().Attribute(model, TinyModels.Input(3, 2, 40)).Map.Span.ToArray(), Is.All.Matches<float>(float.IsFinite));
    }

    /// <summary>A network whose weights, or weights and activations, were rounded to 8 bits: near the gradient from before, as far as the same units are active.</summary>
    [TestCase("20_qdq_weights", 0.1)]
    [TestCase("20_qdq_activations", 0.2)]
    public void TheGradientOfARoundedNetworkIsNearThatFromBefore(string name, double tolerance)
    {
        FloatTensor input = NpyFile.Read(SharedData.Require("cases/models/09_base.in.npy"));
        float[] expected = NpyFile.ReadArray(SharedData.Require("cases/models/09_base.g.npy")).ToFloats();
        using AudioClassifier model = AudioClassifier.Load(SharedData.Require($"cases/models/{name}.onnx"), s_options);
        float[] gradient = model.Run(new InputGradient(), input, [.. Enumerable.Repeat(-1, input.Shape[0])], default).Relevance.Span.ToArray();
        double relative = Math.Sqrt(gradient.Zip(expected, (left, right) => Math.Pow(left - right, 2)).Sum() / expected.Sum(value => (double)value * value));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {relative:g2}"));
        Assert.That(relative, Is.LessThanOrEqualTo(tolerance));
    }

    private static float[] Scores(AudioClassifier model, FloatTensor input, FloatTensor along, float step)
    {
        FloatTensor moved = new(input.Shape);
        for (int i = 0; i < moved.Length; i++)
            moved.Span[i] = input.Span[i] + (step * along.Span[i]);
        return model.Logits(moved).Span.ToArray();
    }

    private static AudioClassifier Load(string name) => AudioClassifier.Load(
        SharedData.Require($"zoo/{name}.onnx"),
        s_options with
        {
            Contract = name switch
            {
                "two_outputs_embedding_first" => new() { Output = "emotion" },
                // The reference is the sum of the frames' probabilities
                "framewise_sed" => new() { Head = ClassHead.Probabilities },
                _ => null,
            },
        });

    private static FloatTensor Gradient(AudioClassifier model, FloatTensor input, int target) =>
        model.Run(new InputGradient(), input, [.. Enumerable.Repeat(target, input.Shape[0])], default).Relevance;

    private static FloatTensor Times(float factor, FloatTensor tensor)
    {
        foreach (ref float value in tensor.Span)
            value *= factor;
        return tensor;
    }

    /// <summary>d log p_t = d z_t - sum_c p_c d z_c.</summary>
    private static FloatTensor OfLogProbability(AudioClassifier model, FloatTensor input, int target)
    {
        FloatTensor sum = Gradient(model, input, target), probabilities = model.Probabilities(input);
        int cells = sum.Length / input.Shape[0];
        for (int label = 0; label < model.Labels.Count; label++)
        {
            FloatTensor each = Gradient(model, input, label);
            for (int i = 0; i < sum.Length; i++)
                sum.Span[i] -= probabilities.Item(i / cells).Span[label] * each.Span[i];
        }

        return sum;
    }

    /// <summary>Rows of the table in the README beside the files: the name first, the target last.</summary>
    private static IEnumerable<TestCaseData> Exports()
    {
        if (SharedData.Find("zoo/README.md") is not { } table)
            yield break;
        foreach (string line in File.ReadLines(table))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length == 7 && int.TryParse(cells[5], CultureInfo.InvariantCulture, out int target))
                yield return new TestCaseData(cells[1], target).SetArgDisplayNames(cells[1]);
        }
    }

    private static IEnumerable<string> ByHand() =>
        SharedData.Find("zoo") is not { } folder
            ? []
            : Directory.EnumerateFiles(folder, "h_*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name is not "h_sklearn_trees").Order(StringComparer.Ordinal);
}
