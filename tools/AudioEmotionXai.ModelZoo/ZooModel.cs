using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.ModelZoo;

/// <summary>One model of a folder with what is known of it: an input, the float64 gradient of a class's score, and what has to be said of
/// it.</summary>
/// <param name="path">The .onnx file; NAME.npy beside it is an input, NAME.grad.npy the reference.</param>
/// <param name="target">The class that the reference is about.</param>
internal sealed class ZooModel(string path, int target)
{
    // What a user has to say of models that say too little, and would be told to
    private static readonly Dictionary<string, ModelContract> s_contracts = new()
    {
        ["two_outputs_embedding_first"] = new() { Output = "emotion" },
        // Its reference is the sum of the frames' probabilities
        ["framewise_sed"] = new() { Head = ClassHead.Probabilities },
    };

    // Their references are of the network before its numbers were rounded: other units are active, other maxima win
    private static readonly Dictionary<string, double> s_rounded = new()
    {
        ["int8_qdq_cnn"] = 0.25,
        ["fp16_cnn"] = 0.02,
        ["fp16_cnn_io"] = 0.02,
    };

    private static readonly string[] s_methods =
        ["input-x-gradient", "integrated-gradients", "occlusion", "lime samples=100", "gradcam", "lrp"];

    public string Name => Path.GetFileNameWithoutExtension(path);

    /// <summary>Tries everything.</summary>
    public ZooRow Run()
    {
        try
        {
            using AudioClassifier model = AudioClassifier.Load(
                path, new() { Provider = ExecutionProvider.Cpu, Contract = s_contracts.GetValueOrDefault(Name) });
            FloatTensor input = ReadInput(model);
            Dictionary<string, ZooCell> cells = new()
            {
                ["predict"] = Guarded(() => Predict(model, input)),
                ["gradient"] = Guarded(() => Gradient(model, input)),
            };
            foreach (string method in s_methods)
                cells[method.Split(' ')[0]] = Guarded(() => Explain(model, input, method));
            return new ZooRow(Name, model.Head.ToString().ToLowerInvariant(), model.Layout?.ToString() ?? "?", cells);
        }
        catch (ModelFormatException refused)
        {
            return new ZooRow(Name, "", "", new() { ["predict"] = ZooCell.Refused(Shorten(refused.Message)) });
        }
    }

    private FloatTensor ReadInput(AudioClassifier model)
    {
        string file = Path.ChangeExtension(path, ".npy");
        if (File.Exists(file))
            return model.ReadInput(file);
        int[] shape = [.. model.InputShape.Select((length, axis) => length > 0 ? length : axis == 0 ? 2 : 700)];
        FloatTensor input = new(shape);
        Random random = new(1);
        foreach (ref float value in input.Span)
            value = (float)((random.NextDouble() * 2) - 1);
        if (Name.Contains("silence", StringComparison.Ordinal))
            input.Span[..(input.Length / 2)].Clear();
        return input;
    }

    private ZooCell Guarded(Func<ZooCell> work)
    {
        try
        {
            return work();
        }
        catch (Exception refused) when (refused is UnsupportedOperatorException or ArgumentException or ModelFormatException)
        {
            return ZooCell.Refused(Shorten(refused.Message));
        }
    }

    /// <summary>The model's own probabilities, by the bare runtime, where it gives any; its scores where it gives those.</summary>
    private ZooCell Predict(AudioClassifier model, FloatTensor input)
    {
        float[]? own = OwnOutput(model, input);
        if (own is null)
            return ZooCell.Ran("not compared");
        float[] ours = model.Values(input).Span.ToArray();
        if (ours.Length == 2 * own.Length)
            ours = [.. ours.Where((_, i) => i % 2 == 0)];
        if (ours.Length != own.Length)
            return ZooCell.Ran("frames");
        if (model.StrippedSoftmax?.StartsWith("LogSoftmax", StringComparison.Ordinal) == true)
            own = Array.ConvertAll(own, MathF.Exp);
        else if (model.StrippedSoftmax is null && model.Head == ClassHead.Softmax)
            own = Softmax(own, model.Labels.Count);
        return ZooCell.Compared(ours.Zip(own, (a, b) => Math.Abs(a - (double)b)).Max(), 2e-6);
    }

    private static float[] Softmax(float[] scores, int classes)
    {
        double[] each = Array.ConvertAll(scores, score => Math.Exp(score));
        return [.. each.Select((value, i) => (float)(value / each.Skip(i / classes * classes).Take(classes).Sum()))];
    }

    private float[]? OwnOutput(AudioClassifier model, FloatTensor input)
    {
        // The file as it stands: the runtime's optimizer computes quantized layers in another way
        using SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        using InferenceSession session = new(path, options);
        NodeMetadata metadata = session.InputMetadata.Values.First();
        if (session.InputMetadata.Count > 1 || metadata.ElementType != typeof(float))
            return null;
        string name = model.Contract.Single(part => part.Part == "output").Value.Split(':')[0];
        long[] shape = [.. input.Shape.ToArray().Skip(metadata.Dimensions.Length == 1 ? 1 : 0).Select(length => (long)length)];
        if (!session.OutputMetadata.TryGetValue(name, out NodeMetadata? output) || !output.IsTensor
            || (metadata.Dimensions.Length > 0 && metadata.Dimensions[0] > 0 && metadata.Dimensions[0] != shape[0]))
            return null;
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input.Memory, shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(
            run, new Dictionary<string, OrtValue> { [session.InputNames[0]] = value }, [name]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>Against the reference, where there is one, else against central differences along a direction.</summary>
    private ZooCell Gradient(AudioClassifier model, FloatTensor input)
    {
        string file = Path.ChangeExtension(path, ".grad.npy");
        if (!File.Exists(file))
            return Differences(model, input);
        float[] reference = NpyFile.Read(file).Span.ToArray();
        float[] map = Map(model, new Gradient(), input, target);
        if (Name is "framewise_sed")
            map = Array.ConvertAll(map, value => value * input.Shape[3]);
        // The second clip's reference heard 31 of 40 frames, which a contract cannot say clip by clip
        if (Name is "two_inputs_lengths")
            reference = reference[..(reference.Length / 2)];
        double error = RelativeError(map, reference);
        if (s_rounded.TryGetValue(Name, out double rounded))
            return ZooCell.Compared(error, rounded, "of the network before rounding");
        string note = Name is "two_inputs_lengths" ? "first clip" : "";
        if (error > ZooCell.GradientTolerance && model.Head == ClassHead.Sigmoid)
        {
            // The reference is of what comes out of the sigmoid
            error = RelativeError(Map(model, new Gradient { Score = ClassScore.Probability }, input, target), reference);
            note = "of the probability";
        }
        else if (error > ZooCell.GradientTolerance && model.StrippedSoftmax?.StartsWith("LogSoftmax", StringComparison.Ordinal) == true)
        {
            error = RelativeError(OfLogProbability(model, input), reference);
            note = "of the log probability";
        }

        return ZooCell.Compared(error, ZooCell.GradientTolerance, note);
    }

    /// <summary>d log p_t = d z_t - sum_c p_c d z_c.</summary>
    private float[] OfLogProbability(AudioClassifier model, FloatTensor input)
    {
        float[] sum = Map(model, new Gradient(), input, target);
        FloatTensor probabilities = model.Values(input);
        int cells = sum.Length / input.Shape[0];
        for (int label = 0; label < model.Labels.Count; label++)
        {
            float[] each = Map(model, new Gradient(), input, label);
            for (int i = 0; i < sum.Length; i++)
                sum[i] -= probabilities.Item(i / cells).Span[label] * each[i];
        }

        return sum;
    }

    private ZooCell Differences(AudioClassifier model, FloatTensor input)
    {
        // Over many steps of integers, where there are such
        bool isRounded = Name.Contains("dynamic_quantised", StringComparison.Ordinal);
        float step = isRounded ? 0.3f : 1e-3f;
        int label = Math.Min(1, model.Labels.Count - 1);
        float[] gradient = Map(model, new Gradient(), input, label);
        if (gradient.Any(value => !float.IsFinite(value)))
            return ZooCell.Wrong("not finite");
        Random random = new(2);
        FloatTensor ahead = new(input.Shape), behind = new(input.Shape);
        double slope = 0;
        // Silence stays silence: a magnitude has no one slope there
        int first = Name.Contains("silence", StringComparison.Ordinal) ? gradient.Length / 2 : 0;
        input.Span.CopyTo(ahead.Span);
        input.Span.CopyTo(behind.Span);
        for (int i = first; i < gradient.Length; i++)
        {
            float direction = (float)((random.NextDouble() * 2) - 1);
            ahead.Span[i] = input.Span[i] + (step * direction);
            behind.Span[i] = input.Span[i] - (step * direction);
            slope += gradient[i] * (double)direction;
        }

        FloatTensor up = model.Logits(ahead), down = model.Logits(behind);
        double difference = 0, size = 0;
        for (int item = 0; item < up.Shape[0]; item++)
        {
            difference += (up.Item(item).Span[label] - (double)down.Item(item).Span[label]) / (2 * step);
            size += Math.Abs(up.Item(item).Span[label]);
        }

        // Scores are float32: their rounding over the step is part of the difference
        return ZooCell.Compared(
            Math.Abs(slope - difference) / Math.Max(Math.Abs(difference), 2e-2 + (1e-7 * size / step / 1e-2)), isRounded ? 0.25 : first > 0 ? 5e-2 : 2e-2, "differences");
    }

    private ZooCell Explain(AudioClassifier model, FloatTensor input, string text)
    {
        AttributionResult result = AttributionMethods.Parse(text).Attribute(
            model, input, ClassTarget.OfIndex(Math.Min(target, model.Labels.Count - 1)));
        ReadOnlySpan<float> map = result.Map.Span;
        foreach (float value in map)
            if (!float.IsFinite(value))
                return ZooCell.Wrong("not finite");
        return ZooCell.Ran("");
    }

    private static float[] Map(AudioClassifier model, AttributionMethod method, FloatTensor input, int label) =>
        method.Attribute(model, input, ClassTarget.OfIndex(label)).Map.Span.ToArray();

    private static double RelativeError(float[] actual, float[] expected)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += Math.Pow(actual[i] - (double)expected[i], 2);
            size += Math.Pow(expected[i], 2);
        }

        return Math.Sqrt(difference / size);
    }

    private string Shorten(string message)
    {
        string text = message.Replace(path, "", StringComparison.Ordinal).TrimStart(':', ' ').Split('\n')[0];
        int end = text.IndexOf(" Supported: ", StringComparison.Ordinal);
        return (end > 0 ? text[..end] : text).Replace("|", "/", StringComparison.Ordinal);
    }
}

/// <summary>What became of one thing that was tried.</summary>
internal sealed record ZooCell(ZooOutcome Outcome, string Text)
{
    public const double GradientTolerance = 1e-4;

    public static ZooCell Compared(double error, double tolerance, string note = "") => new(
        error <= tolerance ? ZooOutcome.Right : ZooOutcome.Wrong,
        string.Create(CultureInfo.InvariantCulture, $"{error:0.0e0}{(note.Length > 0 ? $" {note}" : "")}"));

    public static ZooCell Ran(string text) => new(ZooOutcome.Ran, text);

    public static ZooCell Wrong(string text) => new(ZooOutcome.Wrong, text);

    public static ZooCell Refused(string why) => new(ZooOutcome.Refused, why);
}

/// <summary>How a try can end.</summary>
internal enum ZooOutcome
{
    /// <summary>Compared with a reference, and right.</summary>
    Right,

    /// <summary>It ran, and the result is finite; there is nothing to compare it with.</summary>
    Ran,

    /// <summary>Refused, with the reason.</summary>
    Refused,

    /// <summary>Wrong, and nobody was told.</summary>
    Wrong,
}

/// <summary>All that was tried with one model.</summary>
internal sealed record ZooRow(string Name, string Head, string Layout, Dictionary<string, ZooCell> Cells);
