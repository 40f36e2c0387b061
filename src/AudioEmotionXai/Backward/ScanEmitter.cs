namespace AudioEmotionXai;

/// <summary>
/// Emits a Scan node: a body that runs once per step, over slices of sequences, and hands states on. Ask for the body's inputs, emit its
/// nodes with <see cref="Body"/>, which may read any tensor around it, then close it with <see cref="Emit"/>.
/// </summary>
internal sealed class ScanEmitter
{
    private readonly GraphEmitter _outer;
    private readonly OnnxModel _body;
    private readonly string _name;
    private readonly List<(string Inner, string Initial)> _states = [];
    private readonly List<(string Inner, string Sequence, long Axis, bool Backwards)> _sequences = [];

    /// <param name="outer">The emitter of the graph around it.</param>
    /// <param name="body">A graph to begin with, whose nodes are kept; an empty one where left out.</param>
    public ScanEmitter(GraphEmitter outer, OnnxModel? body = null)
    {
        _outer = outer;
        _name = outer.NewName("Scan");
        _body = body ?? OnnxModel.Create(outer.Opset, _name);
        Body = new GraphEmitter(_body, _name);
        foreach (OnnxValueInfo input in _body.Inputs)
            _body.RemoveInput(input.Name);
        _body.ClearOutputs();
    }

    /// <summary>The emitter of the body's nodes.</summary>
    public GraphEmitter Body { get; }

    /// <summary>Adds a state: the name by which the body reads what the step before it wrote.</summary>
    /// <param name="initial">Its value at the first step.</param>
    public string State(string initial)
    {
        string inner = Body.NewName("state");
        _body.AddInput(new OnnxValueInfo(inner, OnnxElementType.Float, null));
        _states.Add((inner, initial));
        return inner;
    }

    /// <summary>Adds a sequence: the name by which the body reads the slice of its step.</summary>
    /// <param name="sequence">The whole sequence.</param>
    /// <param name="backwards">Whether the last slice comes first.</param>
    public string Each(string sequence, bool backwards) =>
        Each(Body.NewName("slice"), sequence, backwards, 0, OnnxElementType.Float);

    /// <summary>Adds a sequence that the body reads under a name of the caller's.</summary>
    public string Each(string inner, string sequence, bool backwards, long axis, OnnxElementType type)
    {
        _body.AddInput(new OnnxValueInfo(inner, type, null));
        _sequences.Add((inner, sequence, axis, backwards));
        return inner;
    }

    /// <summary>The tensors that some tensors of the body need, themselves included.</summary>
    public HashSet<string> NeededBy(IEnumerable<string> tensors)
    {
        HashSet<string> needed = [.. tensors];
        foreach (OnnxNode node in _body.Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains))
                needed.UnionWith(node.Inputs.Concat(node.OuterReferences()));
        return needed;
    }

    /// <summary>Closes the body and appends the node.</summary>
    /// <param name="next">What the body hands on for each state, and its number of axes, which the runtime wants to be told.</param>
    /// <param name="written">Tensors of the body that are gathered into sequences, their number of axes, along which axis they are
    /// gathered, the last step first or last.</param>
    /// <returns>The states after the last step, then the sequences.</returns>
    public string[] Emit(
        IReadOnlyList<(string Inner, int Rank)> next, params IReadOnlyList<(string Inner, int Rank, long Axis, bool Backwards)> written)
    {
        if (next.Count != _states.Count)
            throw new ArgumentException($"{next.Count} next states for {_states.Count} states.", nameof(next));
        // States first, then slices, whatever the order in which they were asked for
        Dictionary<string, OnnxValueInfo> declared = _body.Inputs.ToDictionary(input => input.Name);
        foreach (string input in declared.Keys)
            _body.RemoveInput(input);
        foreach (string input in _states.Select(state => state.Inner).Concat(_sequences.Select(sequence => sequence.Inner)))
            _body.AddInput(declared[input]);
        HashSet<string> outputs = [.. declared.Keys];
        foreach ((string tensor, int rank) in next.Concat(written.Select(output => (output.Inner, output.Rank))))
            _body.AddOutput(new OnnxValueInfo(OwnOutput(tensor, outputs), OnnxElementType.Float, new OnnxDimension[rank]));
        GraphEditing.RemoveUnused(_body);
        return _outer.Nodes(
            "Scan", [.. _states.Select(state => state.Initial), .. _sequences.Select(sequence => sequence.Sequence)],
            next.Count + written.Count, scan =>
            {
                scan.Set("body", _body.ToGraph()).Set("num_scan_inputs", _sequences.Count);
                SetUnlessZero(scan, "scan_input_directions", [.. _sequences.Select(sequence => sequence.Backwards ? 1L : 0)]);
                SetUnlessZero(scan, "scan_input_axes", [.. _sequences.Select(sequence => sequence.Axis)]);
                SetUnlessZero(scan, "scan_output_directions", [.. written.Select(output => output.Backwards ? 1L : 0)]);
                SetUnlessZero(scan, "scan_output_axes", [.. written.Select(output => output.Axis)]);
            });
    }

    /// <summary>A tensor that only this output is: a graph's outputs are written by its own nodes, each once.</summary>
    private string OwnOutput(string tensor, HashSet<string> outputs)
    {
        bool isWritten = _body.Nodes.Any(node => node.Outputs.Contains(tensor));
        if (isWritten && outputs.Add(tensor))
            return tensor;
        return Body.Node("Identity", [tensor]);
    }

    private static void SetUnlessZero(OnnxNode scan, string attribute, long[] values)
    {
        if (values.Any(value => value != 0))
            scan.Set(attribute, values);
    }
}
