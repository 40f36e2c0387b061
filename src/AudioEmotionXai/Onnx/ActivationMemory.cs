namespace AudioEmotionXai;

/// <summary>
/// What the tensors of a graph take while it runs: the most bytes that are alive at once, for one item. A tensor lives from the node that
/// writes it to the last that reads it, inputs and outputs for the whole run.
/// </summary>
/// <remarks>
/// Counts tensors whose shapes are known, in the order of the list. The runtime orders nodes by itself, works in place, and keeps copies
/// and scratch space: what it really takes is more or less than this.
/// </remarks>
internal static class ActivationMemory
{
    // A free length (a time axis) counts as this many cells where nobody says another; a model whose windows are longer takes more
    private static readonly long[] s_assumedLengths = [256, 16_000, 160_000];

    /// <summary>The peak for one item, at least 1.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="lengths">The lengths of the first input's axes, those of free ones above all; empty where they are not
    /// known.</param>
    public static long PeakBytesPerItem(OnnxModel model, ReadOnlySpan<int> lengths = default)
    {
        ShapeTable shapes = Infer(model, lengths.ToArray());
        Dictionary<string, int> lastReader = LastReaders(model);
        Dictionary<string, long> alive = [];
        foreach (OnnxValueInfo input in model.Inputs)
            alive[input.Name] = Bytes(shapes, input.Name) ?? 0;
        Int128 sum = alive.Values.Sum(), peak = sum;
        for (int i = 0; i < model.Nodes.Count; i++)
        {
            sum += Write(model.Nodes[i], shapes, alive);
            peak = Int128.Max(peak, sum);
            sum -= Forget(model.Nodes[i], i, lastReader, alive);
        }

        return (long)Int128.Clamp(peak, 1, long.MaxValue);
    }

    private static ShapeTable Infer(OnnxModel model, int[] lengths)
    {
        if (lengths.Length > 0)
            return ShapeInference.InferFixed(model, items: 1, s_assumedLengths[0], lengths);
        foreach (long assumed in s_assumedLengths[..^1])
            try
            {
                return ShapeInference.InferFixed(model, items: 1, assumed, []);
            }
            catch (ModelFormatException)
            {
                // Shorter than a window of the model
            }

        return ShapeInference.InferFixed(model, items: 1, s_assumedLengths[^1], []);
    }

    /// <summary>Where each tensor is read last; outputs of the graph are read after its end.</summary>
    private static Dictionary<string, int> LastReaders(OnnxModel model)
    {
        Dictionary<string, int> last = [];
        for (int i = 0; i < model.Nodes.Count; i++)
            foreach (string name in Reads(model.Nodes[i]))
                last[name] = i;
        foreach (OnnxValueInfo output in model.Outputs)
            last[output.Name] = int.MaxValue;
        foreach (OnnxValueInfo input in model.Inputs)
            last[input.Name] = int.MaxValue;
        return last;
    }

    private static Int128 Write(OnnxNode node, ShapeTable shapes, Dictionary<string, long> alive)
    {
        Int128 written = 0;
        foreach (string output in node.Outputs)
            if (output.Length > 0)
                written += alive[output] = Bytes(shapes, output) ?? LargestRead(node, alive);
        return written;
    }

    /// <summary>A tensor of unknown shape counts as much as the largest that its node reads.</summary>
    private static long LargestRead(OnnxNode node, Dictionary<string, long> alive)
    {
        long largest = 0;
        foreach (string name in node.Inputs)
            largest = Math.Max(largest, alive.GetValueOrDefault(name));
        return largest;
    }

    private static Int128 Forget(OnnxNode node, int index, Dictionary<string, int> lastReader, Dictionary<string, long> alive)
    {
        Int128 freed = 0;
        foreach (string name in Reads(node).Concat(node.Outputs))
            if (lastReader.GetValueOrDefault(name) <= index && alive.Remove(name, out long bytes))
                freed += bytes;
        return freed;
    }

    private static IEnumerable<string> Reads(OnnxNode node) => node.Inputs.Concat(node.OuterReferences());

    private static long? Bytes(ShapeTable shapes, string name)
    {
        if (!shapes.TryGet(name, out TensorInfo? info) || info.Shape is null)
            return null;
        Int128 bytes = SizeOf(info.ElementType);
        foreach (Dim length in info.Shape)
            bytes = Int128.Min(bytes * Math.Max(0, length.Value ?? s_assumedLengths[0]), long.MaxValue / 2);
        return (long)bytes;
    }

    private static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Double => 8,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 or OnnxElementType.UInt16 => 2,
        OnnxElementType.Bool or OnnxElementType.Int8 or OnnxElementType.UInt8 => 1,
        _ => 4,
    };
}
