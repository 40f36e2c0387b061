using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>
/// Nodes that end the process in the runtime's kernels, where no exception can be caught: the smallest integer divided by -1, which
/// processors refuse, and attention over no heads. What is seen to do so is refused by name; a division of what only a run will know is
/// written in another way, with the same result.
/// </summary>
internal static class DeadlyNodes
{
    // How a divisor ends that is known never to be -1
    private const string SafeDivisor = "/divisor/safe";

    /// <exception cref="ModelFormatException">A node divides by zero, or the smallest integer by -1, or has no heads.</exception>
    public static void RefuseOrRewrite(OnnxModel model)
    {
        if (!model.Nodes.Any(node => IsDivision(node) || IsAttention(node) || HasSubgraph(node)))
            return;
        ShapeTable shapes = ShapeInference.Infer(model);
        Dictionary<string, OnnxTensor> constants = new(model.Initializers);
        List<OnnxNode> nodes = [];
        foreach (OnnxNode node in model.Nodes)
        {
            RefuseNoHeads(model, node);
            foreach (GraphProto graph in SubgraphsOf(node))
                new SubgraphTypes(model, shapes, constants).Check(graph);
            if (IsDivision(node) && TypeOf(shapes, node) is { } type && !IsSafe(model, node, constants))
                nodes.AddRange(Rewritten(model, node, type));
            else
                nodes.Add(node);
        }

        model.ReplaceNodes(nodes);
    }

    private static bool IsDivision(OnnxNode node) =>
        node.Domain.Length == 0
        && node.Inputs.Count == 2
        && (node.OpType is "Div" || (node.OpType is "Mod" && node.GetInt("fmod", 0) == 0));

    private static bool IsAttention(OnnxNode node) => node.OpType is "Attention";

    private static bool HasSubgraph(OnnxNode node) => SubgraphsOf(node).Any();

    private static IEnumerable<GraphProto> SubgraphsOf(OnnxNode node) =>
        node.Proto.Attribute.SelectMany(attribute => attribute.G is { } graph ? attribute.Graphs.Append(graph) : attribute.Graphs);

    private static void RefuseNoHeads(OnnxModel model, OnnxNode node)
    {
        foreach (string heads in IsAttention(node) ? ["q_num_heads", "kv_num_heads"] : Array.Empty<string>())
            if (node.GetInt(heads, 1) < 1)
                throw new ModelFormatException(
                    FormattableString.Invariant($"{model.Name}: {node}: '{heads}' is {node.GetInt(heads, 1)}; expected at least 1."));
    }

    /// <summary>The type of the operands where it is one that the kernels divide as it is; smaller ones are widened first.</summary>
    private static OnnxElementType? TypeOf(ShapeTable shapes, OnnxNode node)
    {
        foreach (string input in node.Inputs)
            if (shapes.TryGet(input, out TensorInfo? info) && info.ElementType is OnnxElementType.Int32 or OnnxElementType.Int64)
                return info.ElementType;
        return null;
    }

    /// <summary>Whether constants say that the node never divides the smallest integer by -1.</summary>
    private static bool IsSafe(OnnxModel model, OnnxNode node, Dictionary<string, OnnxTensor> constants)
    {
        if (!constants.TryGetValue(node.Inputs[1], out OnnxTensor? divisor))
            return node.Inputs[1].EndsWith(SafeDivisor, StringComparison.Ordinal);
        long[] by = divisor.ToInt64s();
        if (by.Contains(0))
            throw Refused(model, node, $"the divisor '{divisor.Name}' holds 0");
        if (!by.Contains(-1))
            return true;
        if (!constants.TryGetValue(node.Inputs[0], out OnnxTensor? dividend))
            return false;
        long smallest = dividend.ElementType == OnnxElementType.Int32 ? int.MinValue : long.MinValue;
        return !dividend.ToInt64s().Contains(smallest)
            ? true
            : throw Refused(model, node, $"'{dividend.Name}' holds {smallest}, which no processor divides by -1");
    }

    private static ModelFormatException Refused(OnnxModel model, OnnxNode node, FormattableString problem) =>
        new($"{model.Name}: {node}: {FormattableString.Invariant(problem)}.");

    /// <summary>x / -1 as -x / 1, and x mod -1 as x mod 1.</summary>
    private static IEnumerable<OnnxNode> Rewritten(OnnxModel model, OnnxNode node, OnnxElementType type)
    {
        string scope = $"{node.Outputs[0]}/divisor", isNegative = $"{scope}/is-minus-one", divisor = $"{node.Outputs[0]}{SafeDivisor}";
        string minusOne = Constant(model, $"{scope}/minus-one", type, -1), one = Constant(model, $"{scope}/one", type, 1);
        (string left, string right) = (node.Inputs[0], node.Inputs[1]);
        yield return new OnnxNode("Equal", isNegative, [right, minusOne], [isNegative]);
        yield return new OnnxNode("Where", divisor, [isNegative, one, right], [divisor]);
        if (node.OpType is "Div")
        {
            string turned = $"{scope}/turned", dividend = $"{scope}/dividend";
            yield return new OnnxNode("Neg", turned, [left], [turned]);
            yield return new OnnxNode("Where", dividend, [isNegative, turned, left], [dividend]);
            node.SetInput(0, dividend);
        }

        node.SetInput(1, divisor);
        yield return node;
    }

    private static string Constant(OnnxModel model, string name, OnnxElementType type, int value)
    {
        model.AddInitializer(type == OnnxElementType.Int32 ? OnnxTensor.FromInt32(name, value) : OnnxTensor.FromInt64s(name, [value]));
        return name;
    }

    /// <summary>The types in a graph inside a node, as far as a division needs them: there it is refused, not rewritten.</summary>
    private sealed class SubgraphTypes(OnnxModel model, ShapeTable outer, Dictionary<string, OnnxTensor> outerConstants)
    {
        private readonly Dictionary<string, OnnxElementType> _types = [];
        private readonly Dictionary<string, OnnxTensor> _constants = new(outerConstants);

        public void Check(GraphProto graph)
        {
            foreach (TensorProto tensor in graph.Initializer)
                Know(new OnnxTensor(tensor));
            foreach (ValueInfoProto input in graph.Input)
                _types[input.Name] = OnnxValueInfo.From(input).ElementType;
            foreach (OnnxNode node in graph.Node.Select(proto => new OnnxNode(proto)))
            {
                RefuseNoHeads(model, node);
                foreach (GraphProto inner in SubgraphsOf(node))
                    Check(inner);
                if (IsDivision(node) && node.Inputs.Any(IsInteger) && !IsSafe(model, node, _constants))
                    throw new ModelFormatException(
                        $"{model.Name}: {node} inside of another node divides integers by what only a run will know; expected a constant.");
                if (node.Outputs.Count > 0 && ConstantNodes.ValueOf(node) is { } constant)
                    Know(constant);
                else
                    foreach (string output in node.Outputs)
                        _types[output] = ResultOf(node);
            }
        }

        private void Know(OnnxTensor tensor)
        {
            _constants[tensor.Name] = tensor;
            _types[tensor.Name] = tensor.ElementType;
        }

        private bool IsInteger(string tensor) => TypeOf(tensor) is OnnxElementType.Int32 or OnnxElementType.Int64;

        private OnnxElementType TypeOf(string tensor) =>
            _types.TryGetValue(tensor, out OnnxElementType known) ? known
            : outer.TryGet(tensor, out TensorInfo? info) ? info.ElementType
            : OnnxElementType.Undefined;

        private OnnxElementType ResultOf(OnnxNode node) => node.OpType switch
        {
            "Cast" => (OnnxElementType)node.GetInt("to", 0),
            "Shape" or "Size" or "ArgMax" or "ArgMin" or "NonZero" => OnnxElementType.Int64,
            "Where" when node.Inputs.Count > 1 => TypeOf(node.Inputs[1]),
            _ => node.Inputs.Count > 0 ? TypeOf(node.Inputs[0]) : OnnxElementType.Undefined,
        };
    }
}
