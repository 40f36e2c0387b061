using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>What every later step takes for granted of a graph: each tensor written once and before it is read, lengths that are
/// lengths.</summary>
internal static class GraphChecks
{
    private static readonly FrozenDictionary<string, int> s_leastInputs = Table(
        (0, "Constant RandomNormal RandomUniform Optional SequenceEmpty"),
        (
            2,
            "Conv ConvTranspose Gemm MatMul Add Sub Mul Div Pow PRelu Gather GatherElements Expand Tile Reshape Equal Less Greater And Or "
                + "LayerNormalization"),
        (3, "Where OneHot Range InstanceNormalization GroupNormalization LSTM GRU RNN"),
        (5, "BatchNormalization"));

    /// <exception cref="ModelFormatException">The graph is not of that kind; the message names the node or tensor.</exception>
    public static void ThrowIfBroken(OnnxModel model)
    {
        HashSet<string> known = [.. model.Initializers.Keys];
        foreach (OnnxTensor tensor in model.Initializers.Values)
            _ = tensor.Count;
        foreach (OnnxValueInfo input in model.Inputs)
            Add(model, known, input.Name, "the inputs");
        foreach (OnnxNode node in model.Nodes)
            Check(model, node, known);
        HashSet<string> outputs = [];
        foreach (OnnxValueInfo output in model.Outputs)
        {
            if (!known.Contains(output.Name))
                throw Broken(model, $"the output '{output.Name}' is computed by no node");
            Add(model, outputs, output.Name, "the outputs");
        }
    }

    /// <summary>Whether an exception can come of a node whose attributes or inputs are not what its operator asks for, where a rule relies
    /// on them.</summary>
    public static bool IsOfMalformedNode(Exception failure) =>
        failure
            is IndexOutOfRangeException
                or ArgumentException
                or InvalidOperationException
                or KeyNotFoundException
                or ArithmeticException
                or NullReferenceException;

    /// <summary>Ends the reading of a graph at a node that is not what its operator asks for.</summary>
    [DoesNotReturn]
    public static void ThrowMalformed(OnnxModel model, OnnxNode node, Exception failure) =>
        throw new ModelFormatException(
            $"{model.Name}: {node}: its attributes, or the number or shapes of its inputs, are not what the operator asks for "
                + $"({failure.Message}).",
            failure);

    private static void Check(OnnxModel model, OnnxNode node, HashSet<string> known)
    {
        if (!node.Outputs.Any(name => name.Length > 0))
            throw Broken(model, $"{node} writes no tensor");
        for (int i = 0; node.Domain.Length == 0 && i < s_leastInputs.GetValueOrDefault(node.OpType, 1); i++)
            if (!node.HasInput(i))
                throw Broken(model, $"{node} has no input {i}, which its operator needs");
        foreach (string input in node.Inputs)
            if (input.Length > 0 && !known.Contains(input))
                throw Broken(model, $"{node} reads '{input}', which no node before it writes");
        foreach (string output in node.Outputs)
            if (output.Length > 0)
                Add(model, known, output, node.ToString());
    }

    private static void Add(OnnxModel model, HashSet<string> known, string name, string where)
    {
        if (!known.Add(name))
            throw Broken(model, $"{where}: there is already a tensor '{name}'");
    }

    private static FrozenDictionary<string, int> Table(params ReadOnlySpan<(int Inputs, string Operators)> rows)
    {
        Dictionary<string, int> least = [];
        foreach ((int inputs, string operators) in rows)
            foreach (string type in operators.Split(' '))
                least.Add(type, inputs);
        return least.ToFrozenDictionary();
    }

    private static ModelFormatException Broken(OnnxModel model, string problem) => new($"{model.Name}: the graph is malformed: {problem}.");
}
