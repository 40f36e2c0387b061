namespace AudioEmotionXai;

/// <summary>
/// Writes what happens to relevance at every node into outputs of the program, one row per item:
/// in, out, bias, epsilon, dropped, and the sum of absolute values that went out. In = out + bias + epsilon + dropped, up to rounding;
/// each is summed on its own, in double precision.
/// </summary>
internal sealed class RelevanceLedger(BackwardGraph graph)
{
    /// <summary>The outputs are named so, and then after their node.</summary>
    public const string Prefix = "ledger/";

    private readonly Dictionary<(OnnxNode Node, LedgerAccount Account), List<(string Tensor, float Weight)>> _taken = [];
    private readonly List<(string Name, string Row)> _rows = [];

    private GraphEmitter Emit => graph.Emit;

    /// <summary>Notes that an account takes the sum of a tensor from what arrives at a node.</summary>
    public void Take(BackwardNode node, LedgerAccount account, string tensor, float weight = 1)
    {
        if (!_taken.TryGetValue((node.Node, account), out List<(string, float)>? taken))
            _taken[(node.Node, account)] = taken = [];
        taken.Add((tensor, weight));
    }

    /// <summary>Writes the row of a node that has sent all its shares.</summary>
    public void Close(BackwardNode node)
    {
        List<string> arrived = [];
        for (int i = 0; i < node.Node.Outputs.Count; i++)
            if (node.SignalOrNull(i) is { } signal)
                arrived.Add(Total(signal));
        List<string> sent = [.. node.Sent.Select(share => Total(share.Tensor))];
        List<string> sizes = [.. node.Sent.Select(share => Total(Emit.Abs(share.Tensor)))];
        string row = Emit.Concat(
            [
                Sum(arrived), Sum(sent), Taken(node, LedgerAccount.Bias), Taken(node, LedgerAccount.Epsilon),
                Taken(node, LedgerAccount.Dropped), Sum(sizes),
            ],
            1);
        _rows.Add((node.Node.Name.Length > 0 ? node.Node.Name : node.Output(), Emit.ToFloat(row)));
    }

    /// <summary>Declares the rows as outputs, in the order in which relevance passed the nodes.</summary>
    public void DeclareOutputs()
    {
        HashSet<string> names = [];
        foreach ((string name, string row) in _rows)
        {
            string unique = name;
            for (int i = 2; !names.Add(unique); i++)
                unique = FormattableString.Invariant($"{name}#{i}");
            graph.AddExtraOutput(Prefix + unique, row);
        }
    }

    private string Taken(BackwardNode node, LedgerAccount account)
    {
        if (!_taken.TryGetValue((node.Node, account), out List<(string Tensor, float Weight)>? taken))
            return Zeros();
        return Sum([
            .. taken.Select(part =>
                part.Weight == 1
                    ? Total(part.Tensor)
                    : Emit.Mul(Total(part.Tensor), Emit.Cast(Emit.Scalar(part.Weight), OnnxElementType.Double))),
        ]);
    }

    /// <summary>The sum of an item's cells: (N, …) to (N, 1), double.</summary>
    private string Total(string tensor) => Emit.ReduceSum(Emit.Cast(Emit.Reshape(tensor, 0, -1), OnnxElementType.Double), [1]);

    private string Zeros() => Emit.Mul(Total(graph.OneHot), Emit.Cast(Emit.Scalar(0), OnnxElementType.Double));

    private string Sum(List<string> parts) => parts.Count == 0 ? Zeros() : parts.Aggregate(Emit.Add);
}

/// <summary>Where relevance that does not reach an input of its node goes: to biases and constant summands, to the stabiliser of a
/// quotient, or to outputs that a rule leaves out (gamma's zeros) and cells that a padding added.</summary>
internal enum LedgerAccount { Bias, Epsilon, Dropped }
