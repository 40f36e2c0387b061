namespace AudioEmotionXai;

/// <summary>
/// A Scan over a run's steps, several of them in each round: a round by itself costs the runtime as much as some operations on single
/// cells. Tensors of all steps are rows (steps * directions * items, cells), of steps that fill whole rounds.
/// </summary>
internal sealed class RecurrentScan
{
    /// <summary>How many steps a round has.</summary>
    public const int Round = 8;

    private readonly RecurrentNode _node;
    private readonly ScanEmitter _scan;
    private readonly bool _backwards;

    /// <param name="node">The node.</param>
    /// <param name="backwards">Whether the last step comes first.</param>
    public RecurrentScan(RecurrentNode node, bool backwards)
    {
        _node = node;
        _backwards = backwards;
        _scan = new ScanEmitter(node.Emit);
    }

    /// <summary>The emitter of a round's nodes.</summary>
    public GraphEmitter Body => _scan.Body;

    /// <summary>The numbers of a round's steps, in the order in which they are taken.</summary>
    public IEnumerable<int> Steps => _backwards ? Enumerable.Range(0, Round).Reverse() : Enumerable.Range(0, Round);

    /// <summary>Adds a state.</summary>
    public string State(string initial) => _scan.State(initial);

    /// <summary>Adds a sequence: what each step of the round reads, (directions * items, cells).</summary>
    public string[] Each(string rows, long cells) =>
        Body.Split(_scan.Each(_node.Emit.Reshape(rows, _node.RoundShape(cells)), _backwards), Round, 0);

    /// <summary>Closes the round.</summary>
    /// <param name="next">What it hands on for each state.</param>
    /// <param name="written">What its steps write, (directions * items, cells) each, and how many cells.</param>
    /// <returns>The states after the last step, then all that was written, as rows.</returns>
    public string[] Emit(IReadOnlyList<string> next, params IReadOnlyList<(string[] Steps, long Cells)> written)
    {
        string[] results = _scan.Emit(
            [.. next.Select(state => (state, 2))],
            [.. written.Select(sequence => (Body.Concat(sequence.Steps, 0), 2, 0L, _backwards))]);
        for (int i = 0; i < written.Count; i++)
            results[next.Count + i] = _node.Emit.Reshape(results[next.Count + i], -1, written[i].Cells);
        return results;
    }
}
