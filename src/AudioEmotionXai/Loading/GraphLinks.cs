namespace AudioEmotionXai;

/// <summary>Who writes and who reads each tensor of a graph; a snapshot.</summary>
internal sealed class GraphLinks
{
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly Dictionary<string, List<OnnxNode>> _readers = [];

    public GraphLinks(OnnxModel model)
    {
        foreach (OnnxNode node in model.Nodes)
        {
            foreach (string output in node.Outputs)
                if (output.Length > 0)
                    _producers[output] = node;
            foreach (string input in node.Inputs.Concat(node.OuterReferences()).Distinct())
                if (input.Length > 0)
                {
                    if (!_readers.TryGetValue(input, out List<OnnxNode>? readers))
                        _readers[input] = readers = [];
                    readers.Add(node);
                }
        }
    }

    /// <summary>The node that writes a tensor; null for inputs and constants.</summary>
    public OnnxNode? ProducerOf(string tensor) => _producers.GetValueOrDefault(tensor);

    /// <summary>The nodes that read a tensor.</summary>
    public IReadOnlyList<OnnxNode> ReadersOf(string tensor) => _readers.TryGetValue(tensor, out List<OnnxNode>? readers) ? readers : [];

    /// <summary>The tensors that a tensor depends on, itself included.</summary>
    public HashSet<string> AncestorsOf(string tensor)
    {
        HashSet<string> seen = [tensor];
        Stack<string> open = new([tensor]);
        while (open.TryPop(out string? next))
            if (ProducerOf(next) is { } node)
                foreach (string input in node.Inputs.Concat(node.OuterReferences()))
                    if (input.Length > 0 && seen.Add(input))
                        open.Push(input);
        return seen;
    }
}
