using System.Globalization;

namespace AudioEmotionXai;

/// <summary>The one formula of all linear rules, applied to one layer; see <see cref="LinearRule"/>.</summary>
internal sealed class LinearRelevance
{
    private readonly LinearRule _rule;
    private readonly LinearLayer _layer;
    private readonly BackwardNode _node;
    private readonly LinearInputs _inputs;
    private readonly RelevanceContext _context;
    private readonly string _signal;

    // Whether the layer has a bias that is to be thought away
    private readonly bool _isBare;

    // The layer's output, or that of the Relu behind it where relevance vanishes wherever that is zero; without the bias where that is
    // thought away
    private readonly string _output;
    private readonly bool _vanishes;

    public LinearRelevance(LinearRule rule, LinearLayer layer)
    {
        _rule = rule;
        _layer = layer;
        _node = layer.Node;
        _context = RelevanceContext.Of(_node.Graph);
        _signal = _node.Signal;
        _isBare = layer.HasBias && !rule.Bias;
        string x = _node.Input(layer.Data);
        _output = _isBare ? layer.Apply(x, WeightPart.Original, bias: false) : Factors.Divisor(_node, _signal, layer.Output);
        _vanishes = !_isBare && _output != layer.Output;
        _inputs = new LinearInputs(_node, x, _context.Signs.IsNonNegative(x), rule as ZBoxRule);
    }

    private GraphEmitter Emitter => _node.Emit;

    private bool OutputIsNonNegative => _vanishes || _context.Signs.IsNonNegative(_output);

    public void Emit()
    {
        List<(InputPart Input, string Share)> shares = [];
        List<string> served = [];
        foreach (LinearTerm term in _rule.Terms)
            if (term.Outputs is not OutputSign.Negative || !OutputIsNonNegative)
                EmitTerm(term, shares, served);
        if (served.Count > 0)
            _context.Ledger?.Take(_node, LedgerAccount.Dropped, Emitter.Sub(_signal, Sum(served)));
        if (shares.Count == 0)
            shares.Add((InputPart.All, Emitter.Mul(_node.Input(_layer.Data), Emitter.Scalar(0))));
        _node.Send(
            _layer.Data,
            Sum([.. shares.GroupBy(share => share.Input).Select(group => Product(group.Key, Sum([.. group.Select(share => share.Share)])))])
        );
    }

    private void EmitTerm(LinearTerm term, List<(InputPart Input, string Share)> shares, List<string> served)
    {
        LinearBranch[] branches = Simplify(term.Branches);
        if (branches.Length == 0)
            return;
        string z = Sum(Array.ConvertAll(branches, Value));
        (z, Sign sign) = WithKnownSign(term, branches, z);
        string arriving = SignalAt(term.Outputs);
        if (arriving != _signal)
            served.Add(arriving);
        // Outputs of the same weights have the same z: they are summed before they are divided
        string? sum = Array.TrueForAll(branches, branch => branch.Weight.Kind is WeightKind.One) ? _layer.SumOfOutputs(arriving) : null;
        string quotient = Stabilizer.Divide(_node, sum ?? arriving, z, sign, _rule.Epsilon);
        foreach (LinearBranch branch in branches)
        {
            WeightPart part = branch.Weight.Times(term.Weight);
            shares.Add((branch.Input, sum is null ? _layer.Transpose(quotient, part) : _layer.TransposeSum(quotient, part)));
        }

        if (_context.Ledger is { } ledger)
            Account(ledger, term, branches, quotient, z, sign);
    }

    private LinearBranch[] Simplify(LinearBranch[] branches)
    {
        bool bias = _rule.Bias && _layer.HasBias;
        List<LinearBranch> kept = [];
        foreach (LinearBranch branch in branches)
            if (_inputs.Simplify(branch.Input) is { } input)
                kept.Add(new LinearBranch(input, branch.Weight, branch.Bias && bias));
        return [.. kept];
    }

    private string Value(LinearBranch branch)
    {
        bool isForward =
            branch.Input is InputPart.All && branch.Weight == WeightPart.Original && (_isBare || branch.Bias == _layer.HasBias);
        return isForward ? _output : _layer.Apply(_inputs.Tensor(branch.Input), branch.Weight, branch.Bias);
    }

    /// <summary>What is known of z's sign. Where a term serves outputs of one sign, its z has that sign too: elsewhere it is cut off, where
    /// no relevance arrives.</summary>
    private (string Z, Sign Sign) WithKnownSign(LinearTerm term, LinearBranch[] branches, string z)
    {
        if (term.Outputs is OutputSign.Positive)
            return (Emitter.Relu(z), Sign.NonNegative);
        if (term.Outputs is OutputSign.Negative)
            return (Emitter.Min(z, Emitter.Scalar(0)), Sign.NonPositive);
        if (z == _output)
            return (z, OutputIsNonNegative ? Sign.NonNegative : Sign.Unknown);
        Sign common = SignOf(branches[0]);
        return (z, Array.TrueForAll(branches, branch => SignOf(branch) == common) ? common : Sign.Unknown);
    }

    private Sign SignOf(LinearBranch branch)
    {
        Sign input = _inputs.SignOf(branch.Input);
        Sign weight = branch.Weight.Sign;
        // A bias takes its sign from the weight part alone
        if (input is Sign.Unknown || weight is Sign.Unknown || (branch.Bias && input is Sign.NonPositive))
            return Sign.Unknown;
        return input == weight ? Sign.NonNegative : Sign.NonPositive;
    }

    private string SignalAt(OutputSign outputs)
    {
        if (outputs is OutputSign.Any || (outputs is OutputSign.Positive && _vanishes))
            return _signal;
        if (Factors.Of(_node.Graph, _signal, _output) is { } factor)
            return Emitter.Mul(outputs is OutputSign.Positive ? Emitter.Relu(_output) : Emitter.Min(_output, Emitter.Scalar(0)), factor);
        string mask = outputs is OutputSign.Positive ? Emitter.Step(_output) : Emitter.ToFloat(Emitter.Less(_output, Emitter.Scalar(0)));
        return Emitter.Mul(_signal, mask);
    }

    private string Product(InputPart input, string share) => input is InputPart.One ? share : Emitter.Mul(_inputs.Tensor(input), share);

    private string Sum(IReadOnlyList<string> parts) => parts.Aggregate(Emitter.Add);

    private void Account(RelevanceLedger ledger, LinearTerm term, LinearBranch[] branches, string quotient, string z, Sign sign)
    {
        ledger.Take(_node, LedgerAccount.Epsilon, Stabilizer.Taken(_node, quotient, z, sign, _rule.Epsilon), term.Weight);
        foreach (LinearBranch branch in branches)
            if (branch.Bias)
                ledger.Take(_node, LedgerAccount.Bias, Emitter.Mul(quotient, _layer.Bias(branch.Weight)), term.Weight);
    }
}

/// <summary>The parts of a layer's input as tensors, each emitted once; constant ones where the shape is known, so that nothing of them
/// runs.</summary>
internal sealed class LinearInputs(BackwardNode node, string x, bool nonNegative, ZBoxRule? box)
{
    private readonly Dictionary<InputPart, string> _tensors = [];

    /// <summary>What a part amounts to for inputs of known sign; null where nothing is left of it.</summary>
    public InputPart? Simplify(InputPart part)
    {
        if (!nonNegative || part is not (InputPart.Positive or InputPart.Negative))
            return part;
        return part is InputPart.Positive ? InputPart.All : null;
    }

    public Sign SignOf(InputPart part) => part switch
    {
        InputPart.All when nonNegative => Sign.NonNegative,
        InputPart.Positive or InputPart.One => Sign.NonNegative,
        InputPart.Negative => Sign.NonPositive,
        _ => Sign.Unknown,
    };

    public string Tensor(InputPart part)
    {
        if (!_tensors.TryGetValue(part, out string? tensor))
            _tensors[part] = tensor = Emit(part);
        return tensor;
    }

    private string Emit(InputPart part)
    {
        GraphEmitter emit = node.Emit;
        return part switch
        {
            InputPart.Positive => emit.Relu(x),
            InputPart.Negative => emit.Min(x, emit.Scalar(0)),
            InputPart.One => Filled(1),
            InputPart.Low => box?.Low is { } low ? Filled(low) : OfTheItem(emit.ReduceMin(x, ItemAxes)),
            InputPart.High => box?.High is { } high ? Filled(high) : OfTheItem(emit.ReduceMax(x, ItemAxes)),
            _ => x,
        };
    }

    private long[] ItemAxes => GraphEmitter.Axes(1, node.InputShape(0).Length);

    private string OfTheItem(string bound) => node.Emit.ExpandLike(bound, x);

    private string Filled(float value)
    {
        Dim[] shape = [1, .. (node.Graph.Shapes.ShapeOf(x) ?? []).Skip(1)];
        if (shape.Length == 1 || !Array.TrueForAll(shape, length => length.IsFixed))
            return node.Emit.ExpandLike(node.Emit.Scalar(value), x);
        long[] lengths = Array.ConvertAll(shape, length => length.Offset);
        return node.Emit.FloatsOnce(string.Create(CultureInfo.InvariantCulture, $"filled:{value:R}:{string.Join(',', lengths)}"), () =>
        {
            float[] values = GraphEmitter.NewFloats(lengths);
            Array.Fill(values, value);
            return (values, lengths);
        });
    }
}
