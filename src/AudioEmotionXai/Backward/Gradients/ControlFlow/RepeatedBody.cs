using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai;

/// <summary>
/// The way back through a graph that a node repeats (Loop, Scan): a Scan from the last round to the first, whose body computes the round
/// again and then passes its signals back. What a round began with is kept on the way forward, as one more sequence that the node writes.
/// </summary>
internal sealed class RepeatedBody
{
    private readonly BackwardNode _view;
    private readonly BodyGraph _body;
    private readonly ScanEmitter _scan;
    private readonly BackwardGraph _inside;
    private readonly HashSet<string> _onPath;
    private readonly OnnxNode[] _nodes;

    public RepeatedBody(
        BackwardNode view, BodyGraph body, IReadOnlyList<Carried> carried, IReadOnlyList<Slice> slices, IReadOnlyList<Written> written)
    {
        _view = view;
        _body = body;
        States = carried;
        Slices = slices;
        Outputs = written;
        _nodes = [.. body.Model.Nodes];
        _onPath = BodyDependence.Of(body, Wanted(), [.. carried.Select(state => (state.Inner, state.Next))]);
        _scan = new ScanEmitter(view.Emit, body.Model);
        _inside = view.Graph.Inside(body, _scan.Body, _onPath);
    }

    private IReadOnlyList<Carried> States { get; }

    private IReadOnlyList<Slice> Slices { get; }

    private IReadOnlyList<Written> Outputs { get; }

    /// <summary>Emits it and sends what the node's inputs, and the tensors around it that the body reads, get.</summary>
    public void Emit()
    {
        List<Carried> states = [.. States.Where(state => _onPath.Contains(state.Inner))];
        foreach (Carried state in states)
            _inside.AddSignal(state.Next, _scan.State(_view.SignalOrNull(state.Output) ?? _view.Emit.ZerosLike(_view.Input(state.Input))));
        foreach (Written output in Outputs)
            if (_onPath.Contains(output.Inner) && _view.SignalOrNull(output.Output) is { } signal)
                _inside.AddSignal(
                    output.Inner, _scan.Each(_scan.Body.NewName("slice"), signal, !output.Backwards, output.Axis, OnnxElementType.Float));
        BodyDependence.PassBack(_inside, _nodes);
        _scan.Body.Scope = "";
        List<(string Inner, int Rank)> next = [.. states.Select(state => (SignalInside(state.Inner), RankOf(state.Inner)))];
        List<string> around = [.. _body.Reads.Where(name => _view.Graph.Wants(name) && _inside.SignalOrNull(name) is not null)];
        foreach (string name in around)
            next.Add((_scan.Body.Add(_scan.State(_view.Emit.ZerosLike(name)), _inside.SignalOrNull(name)!), RankOf(name)));
        List<Slice> shares = [.. Slices.Where(slice => slice.Input is { } input && _view.Wants(input))];
        List<(string, int, long, bool)> written =
            [.. shares.Select(slice => (SignalInside(slice.Inner), RankOf(slice.Inner), slice.Axis, !slice.Backwards))];
        Feed(_scan.NeededBy(next.Select(state => state.Inner).Concat(written.Select(output => output.Item1))));
        Send(_scan.Emit(next, written), states, around, shares);
    }

    private void Send(string[] results, List<Carried> states, List<string> around, List<Slice> shares)
    {
        for (int i = 0; i < states.Count; i++)
            if (_view.Wants(states[i].Input))
                _view.Send(states[i].Input, results[i]);
        for (int i = 0; i < around.Count; i++)
            _view.Graph.AddSignal(around[i], results[states.Count + i]);
        for (int i = 0; i < shares.Count; i++)
            _view.Send(shares[i].Input!.Value, results[states.Count + around.Count + i]);
    }

    private IEnumerable<string> Wanted() =>
        States.Where(state => _view.Wants(state.Input)).Select(state => state.Inner)
            .Concat(Slices.Where(slice => slice.Input is { } input && _view.Wants(input)).Select(slice => slice.Inner))
            .Concat(_body.Reads.Where(_view.Graph.Wants));

    private string SignalInside(string tensor) => _inside.SignalOrNull(tensor) ?? _scan.Body.ZerosLike(tensor);

    private int RankOf(string tensor) => _body.Shapes.ShapeOf(tensor)?.Length
        ?? throw _view.Unsupported($"the number of axes of '{tensor}' inside it is not known, or changes from round to round");

    /// <summary>Gives the body what it reads of the way forward: the slices, and what was carried into each round.</summary>
    private void Feed(HashSet<string> needed)
    {
        foreach (Carried state in States)
            if (needed.Contains(state.Inner))
                _scan.Each(state.Inner, ForwardHistory.Of(_view, _body, state.Inner), true, 0, TypeOf(state.Inner));
        // A Scan runs over one sequence at least
        bool isFed =
            States.Any(state => needed.Contains(state.Inner))
            || Outputs.Any(output => _inside.SignalOrNull(output.Inner) is not null && _view.SignalOrNull(output.Output) is not null);
        foreach (Slice slice in Slices)
            if (needed.Contains(slice.Inner) || (!isFed && slice == Slices[0]))
                _scan.Each(slice.Inner, slice.Sequence(), !slice.Backwards, slice.Axis, TypeOf(slice.Inner));
    }

    private OnnxElementType TypeOf(string tensor) =>
        _body.Shapes.TryGet(tensor, out TensorInfo? info) && info.ElementType != OnnxElementType.Undefined
            ? info.ElementType
            : OnnxElementType.Float;

    /// <summary>What each round hands to the next.</summary>
    /// <param name="Inner">The body's input.</param>
    /// <param name="Next">The body's output.</param>
    /// <param name="Input">The node's input that holds its first value.</param>
    /// <param name="Output">The node's output that holds its last.</param>
    public sealed record Carried(string Inner, string Next, int Input, int Output);

    /// <summary>What a round reads of a sequence.</summary>
    /// <param name="Inner">The body's input.</param>
    /// <param name="Sequence">The sequence, made when first asked for.</param>
    /// <param name="Backwards">Whether the first round reads the last slice.</param>
    /// <param name="Axis">The axis of the rounds.</param>
    /// <param name="Input">The node's input that it is, if it is one.</param>
    public sealed record Slice(string Inner, Func<string> Sequence, bool Backwards, long Axis, int? Input);

    /// <summary>What a round adds to a sequence.</summary>
    /// <param name="Inner">The body's output.</param>
    /// <param name="Output">The node's output.</param>
    /// <param name="Backwards">Whether the first round writes the last slice.</param>
    /// <param name="Axis">The axis of the rounds.</param>
    public sealed record Written(string Inner, int Output, bool Backwards, long Axis);
}

/// <summary>Makes a Loop or Scan of the forward graph write, as one more sequence, what was carried into each round.</summary>
internal static class ForwardHistory
{
    public static string Of(BackwardNode view, BodyGraph body, string state)
    {
        GraphProto graph = view.Node.GetGraph("body")!;
        string inner = view.Emit.NewName("carried"), sequence = view.Emit.NewName("history");
        graph.Node.Add(new OnnxNode("Identity", inner, [state], [inner]).Proto);
        TensorInfo? info = body.Shapes.TryGet(state, out TensorInfo? known) ? known : null;
        OnnxDimension[]? shape = info?.Shape is { } axes ? new OnnxDimension[axes.Length] : null;
        graph.Output.Add(new OnnxValueInfo(inner, info?.ElementType ?? OnnxElementType.Float, shape).ToProto());
        foreach (string attribute in (string[])["scan_output_axes", "scan_output_directions"])
            if (view.Node.GetInts(attribute) is { } values)
                view.Node.Set(attribute, [.. values, 0]);
        view.Node.SetOutput(graph.Output.Count - (view.Node.OpType is "Loop" ? 2 : 1), sequence);
        return sequence;
    }
}
