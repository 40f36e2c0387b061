namespace AudioEmotionXai;

/// <summary>Sequences of a known number of tensors, written as the tensors: lists that an exporter fills and joins.</summary>
internal static class Sequences
{
    /// <summary>Returns how many operators on sequences there were; none where one of them is not known beforehand.</summary>
    public static int Undo(OnnxModel model)
    {
        if (!model.Nodes.Any(IsOnSequences))
            return 0;
        ShapeTable shapes = ShapeInference.Infer(model);
        OnnxNode[] nodes = [.. model.Nodes];
        GraphEmitter emit = new(model, "sequence", node => ShapeInference.InferNode(model, node, shapes));
        emit.Avoid(shapes.Names);
        model.ReplaceNodes([]);
        Walk walk = new(model, shapes, emit);
        try
        {
            foreach (OnnxNode node in nodes)
                walk.Take(node);
            Expansion.Require(!model.Outputs.Any(output => walk.IsSequence(output.Name)), "a sequence is an output");
        }
        catch (NotExpandedException)
        {
            model.ReplaceNodes(nodes);
            return 0;
        }

        return nodes.Count(IsOnSequences);
    }

    private static bool IsOnSequences(OnnxNode node) => node.Domain.Length == 0
        && node.OpType is "SequenceConstruct" or "SequenceEmpty" or "SplitToSequence" or "SequenceInsert" or "SequenceErase" or "SequenceAt"
            or "SequenceLength" or "ConcatFromSequence";

    private sealed class Walk(OnnxModel model, ShapeTable shapes, GraphEmitter emit)
    {
        private const long MostParts = 1000;
        private readonly Dictionary<string, string[]> _sequences = [];

        public bool IsSequence(string name) => _sequences.ContainsKey(name);

        public void Take(OnnxNode node)
        {
            emit.Scope = node.Name.Length > 0 ? node.Name : node.Outputs[0];
            if (!IsOnSequences(node))
            {
                bool reads = node.Inputs.Concat(node.OuterReferences()).Any(IsSequence);
                Expansion.Require(!reads || node.OpType is "Identity", "it is read otherwise");
                if (node.OpType is "Identity" && _sequences.TryGetValue(node.Inputs[0], out string[]? same))
                    _sequences[node.Outputs[0]] = same;
                else
                    Add(node);
                return;
            }

            switch (node.OpType)
            {
                case "SequenceEmpty":
                    _sequences[node.Outputs[0]] = [];
                    break;
                case "SequenceConstruct":
                    _sequences[node.Outputs[0]] = [.. node.Inputs];
                    break;
                case "SplitToSequence":
                    _sequences[node.Outputs[0]] = Split(node);
                    break;
                case "SequenceInsert":
                    List<string> longer = [.. Of(node)];
                    longer.Insert(Position(node, 2, longer.Count, longer.Count), node.Inputs[1]);
                    _sequences[node.Outputs[0]] = [.. longer];
                    break;
                case "SequenceErase":
                    List<string> shorter = [.. Of(node)];
                    shorter.RemoveAt(Position(node, 1, shorter.Count, shorter.Count - 1));
                    _sequences[node.Outputs[0]] = [.. shorter];
                    break;
                case "SequenceAt":
                    string[] all = Of(node);
                    Add(new OnnxNode("Identity", node.Name, [all[Position(node, 1, all.Length, all.Length - 1)]], node.Outputs));
                    break;
                case "SequenceLength":
                    model.AddInitializer(OnnxTensor.FromInt64s(node.Outputs[0], [Of(node).Length]));
                    break;
                default:
                    Join(node);
                    break;
            }
        }

        private void Add(OnnxNode node)
        {
            model.Add(node);
            ShapeInference.InferNode(model, node, shapes);
        }

        private string[] Of(OnnxNode node) =>
            _sequences.GetValueOrDefault(node.Inputs[0]) ?? throw new NotExpandedException("the sequence is not known");

        private int Position(OnnxNode node, int input, int count, int last)
        {
            if (!node.HasInput(input))
                return last;
            long position = model.Initializers.TryGetValue(node.Inputs[input], out OnnxTensor? constant)
                ? constant.ToInt64s()[0]
                : throw new NotExpandedException("the position is computed by the model");
            long found = position < 0 ? position + count : position;
            Expansion.Require(found >= 0 && found <= last, "there is no such position");
            return (int)found;
        }

        private string[] Split(OnnxNode node)
        {
            if (shapes.ShapeOf(node.Inputs[0]) is not { } shape)
                throw new NotExpandedException("the shape is not known");
            int axis = ShapeContext.Normalize(node.GetInt("axis", 0), shape.Length);
            long length = Expansion.Fixed(shape[axis], "the length of its axis");
            long[] sizes = Sizes(node, length);
            string[] parts = emit.Parts(node.Inputs[0], axis, sizes);
            bool keeps = node.HasInput(1) || node.GetInt("keepdims", 1) != 0;
            return keeps ? parts : [.. parts.Select(part => emit.Squeeze(part, axis))];
        }

        private long[] Sizes(OnnxNode node, long length)
        {
            Expansion.Require(length <= MostParts, "its parts are too many");
            if (!node.HasInput(1))
                return [.. Enumerable.Repeat(1L, (int)length)];
            if (!model.Initializers.TryGetValue(node.Inputs[1], out OnnxTensor? split))
                throw new NotExpandedException("its sizes are computed by the model");
            long[] given = split.ToInt64s();
            if (split.Shape.Count == 1)
                return given;
            Expansion.Require(given[0] > 0, "its parts are empty");
            int count = (int)((length + given[0] - 1) / given[0]);
            return [.. Enumerable.Range(0, count).Select(part => Math.Min(given[0], length - (part * given[0])))];
        }

        private void Join(OnnxNode node)
        {
            string[] parts = Of(node);
            long axis = node.GetInt("axis", 0);
            if (node.GetInt("new_axis", 0) != 0)
                parts = [.. parts.Select(part => emit.Unsqueeze(part, axis))];
            Expansion.Require(parts.Length > 0, "it joins nothing");
            Add(new OnnxNode("Concat", node.Name, parts, node.Outputs).Set("axis", axis));
        }
    }
}
