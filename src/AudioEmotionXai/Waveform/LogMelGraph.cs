namespace AudioEmotionXai;

/// <summary>
/// The log-mel front end of a contract as ONNX operators: padding, windowed transform, power, mel filter bank, decibels with reference and
/// floor, z-score. Float32 throughout; within a thousandth of a decibel of <see cref="LogMelExtractor"/> where that is above the floor.
/// </summary>
/// <remarks>
/// Gradients are those of what is computed: cells that the floor or the smallest power holds have none, and the clip's loudest cell, which
/// others are measured against, gets what they lose. Where a spectrum is zero its power has the gradient zero.
/// </remarks>
internal sealed class LogMelGraph
{
    // Keeps the derivative of a root finite where a spectrum is zero; far below any smallest power that the front end tells apart
    private const double Tiny = 1e-30;

    private readonly FrontEndNodes _nodes;
    private readonly FrontEndContract _contract;
    private readonly TransformPlan _plan;

    public LogMelGraph(OnnxModel model, FrontEndContract contract)
    {
        contract.Options.Validate();
        _nodes = new FrontEndNodes(model);
        _contract = contract;
        _plan = new TransformPlan(contract.Options);
    }

    private LogMelOptions Options => _contract.Options;

    /// <summary>The nodes that turn samples (N, samples) into what a classifier takes (N, 1, bins, frames).</summary>
    /// <param name="samples">The tensor of samples.</param>
    /// <param name="spectrogram">The tensor to write.</param>
    public IReadOnlyList<OnnxNode> Emit(string samples, string spectrogram)
    {
        string power = Power(Transform(Padded(samples)));
        string mel = _nodes.Add("MatMul", "mel", [_nodes.Floats("filters", Filters(), Options.MelBins, _plan.Lines), power]);
        string normal = Normalized(Decibels(mel));
        string shape = _nodes.Integers("spectrogram.shape", 0, 1, Options.MelBins, Options.FrameCount);
        _nodes.AddInto(spectrogram, "Reshape", "spectrogram", [normal, shape]);
        return _nodes.Nodes;
    }

    /// <summary>Just the samples that frames read: the clip, what surrounds it, without what no frame reaches.</summary>
    private string Padded(string samples)
    {
        int before = Options.Center ? Options.FftSize / 2 : 0;
        int after = ((Options.FrameCount - 1) * Options.HopLength) + Options.FftSize - before - Options.SampleCount;
        if (Options.Center && Options.Padding == SignalPadding.Reflect)
        {
            int mirrored = Math.Clamp(after, 0, before);
            samples = _nodes.Add(
                "Pad", "mirror", [samples, _nodes.Integers("mirror.pads", 0, before, 0, mirrored)], pad => pad.Set("mode", "reflect"));
            (before, after) = (0, after - mirrored);
        }

        return before == 0 && after == 0 ? samples : _nodes.Add("Pad", "pad", [samples, _nodes.Integers("pad.pads", 0, before, 0, after)]);
    }

    /// <summary>The transform of every frame: (N, …, 2, …, frames), real and imaginary parts along an axis of two.</summary>
    private string Transform(string signal)
    {
        int length = ((Options.FrameCount - 1) * Options.HopLength) + Options.FftSize;
        (long phases, long halves, long frames) = (_plan.Phases, _plan.Halves, Options.FrameCount);
        string dealt =
            phases == 1
                ? _nodes.Reshape(signal, "deal", 0, 1, length)
                : _nodes.Add(
                    "Transpose", "phases", [_nodes.Reshape(signal, "deal", 0, length / phases, phases)],
                    node => node.Set("perm", 0L, 2L, 1L));
        float[] kernels = _plan.PhaseKernels(Stft.CreateWindow(Options.Window, Options.FftSize));
        string part = _nodes.Add(
            "Conv", "transform", [dealt, _nodes.Floats("kernels", kernels, phases * 2 * halves, 1, _plan.Taps)],
            node => node.Set("kernel_shape", [_plan.Taps]).Set("strides", [Options.HopLength / phases]).Set("group", phases));
        if (phases == 1)
            return _nodes.Reshape(part, "spectrum", 0, 1, 2, halves, frames);
        string byPhase = _nodes.Reshape(part, "by_phase", 0, phases, 2, halves, frames);
        string byLine = _nodes.Add("Transpose", "by_line", [byPhase], node => node.Set("perm", 0L, 3L, 2L, 1L, 4L));
        string channels = _nodes.Reshape(byLine, "channels", 0, halves * 2 * phases, frames);
        string joined = _nodes.Add(
            "Conv", "join", [channels, _nodes.Floats("joining", _plan.JoiningKernels(), halves * 2 * phases, 2 * phases, 1)],
            node => node.Set("kernel_shape", [1L]).Set("group", halves));
        return _nodes.Reshape(joined, "spectrum", 0, halves, 2, phases, frames);
    }

    /// <summary>The power, or what other exponent of the magnitude is asked for, of every line: (N, lines, frames).</summary>
    private string Power(string spectrum)
    {
        string squares = _nodes.Reduce("ReduceSumSquare", spectrum, "squares", [2], keep: false);
        string power = _nodes.Reshape(squares, "power", 0, _plan.Lines, Options.FrameCount);
        if (Options.Power == 2)
            return power;
        string kept = _nodes.Add("Add", "kept", [power, _nodes.Scalar("tiny", Tiny)]);
        return _nodes.Add("Pow", "magnitude", [kept, _nodes.Scalar("exponent", Options.Power / 2)]);
    }

    /// <summary>The mel filter bank over the lines as the transform orders them: (bins, lines). Of lines that come twice the first
    /// counts.</summary>
    private float[] Filters()
    {
        MelFilterBank bank = new(Options);
        int[] places = new int[(Options.FftSize / 2) + 1];
        for (int place = _plan.Lines - 1; place >= 0; place--)
            places[_plan.LineOf(place)] = place;
        float[] filters = new float[bank.Bins * _plan.Lines];
        for (int bin = 0; bin < bank.Bins; bin++)
        {
            ReadOnlySpan<double> triangle = bank.Triangle(bin, out int first);
            for (int i = 0; i < triangle.Length; i++)
                filters[(bin * _plan.Lines) + places[first + i]] = (float)triangle[i];
        }

        return filters;
    }

    private string Decibels(string mel)
    {
        string audible = _nodes.Add("Max", "audible", [mel, _nodes.Scalar("smallest", Math.Max(Options.MinimumPower, Tiny))]);
        string level = _nodes.Add(
            "Mul", "level", [_nodes.Add("Log", "log", [audible]), _nodes.Scalar("decibels_per_log", 10 / Math.Log(10))]);
        if (Options.Reference == DecibelReference.One && Options.TopDecibels is null)
            return level;
        string loudest = _nodes.Reduce("ReduceMax", level, "loudest", [1, 2], keep: true);
        if (Options.Reference == DecibelReference.One)
            return _nodes.Add(
                "Max", "floored", [level, _nodes.Add("Sub", "floor", [loudest, _nodes.Scalar("range", Options.TopDecibels!.Value)])]);
        string relative = _nodes.Add("Sub", "relative", [level, loudest]);
        return Options.TopDecibels is { } range ? _nodes.Add("Max", "floored", [relative, _nodes.Scalar("floor", -range)]) : relative;
    }

    private string Normalized(string decibels)
    {
        string centred = _nodes.Add("Sub", "centred", [decibels, _nodes.Scalar("mean", _contract.Mean)]);
        return _nodes.Add("Div", "normalized", [centred, _nodes.Scalar("deviation", _contract.StandardDeviation)]);
    }
}

/// <summary>Collects the nodes of a front end, marked so that relevance finds its rules, in the spelling of a model's operator
/// set.</summary>
internal sealed class FrontEndNodes(OnnxModel model)
{
    private readonly List<OnnxNode> _nodes = [];

    /// <summary>The nodes in the order in which they run.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>Appends a node and returns its output's name, which is the node's.</summary>
    public string Add(string opType, string name, ReadOnlySpan<string> inputs, Action<OnnxNode>? set = null) =>
        AddInto(NameOf(name), opType, name, inputs, set);

    /// <summary>Appends a node that writes a given tensor.</summary>
    public string AddInto(string output, string opType, string name, ReadOnlySpan<string> inputs, Action<OnnxNode>? set = null)
    {
        OnnxNode node = new(opType, NameOf(name), inputs.ToArray(), [output]) { DocString = FrontEndRules.Mark };
        set?.Invoke(node);
        _nodes.Add(node);
        return output;
    }

    public string Floats(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        model.AddInitializer(OnnxTensor.FromFloats(NameOf(name), values, shape));
        return NameOf(name);
    }

    public string Scalar(string name, double value) => Floats(name, [(float)value]);

    public string Integers(string name, params ReadOnlySpan<long> values)
    {
        model.AddInitializer(OnnxTensor.FromInt64s(NameOf(name), values, values.Length));
        return NameOf(name);
    }

    /// <summary>Reshapes to constant lengths; 0 copies the length, which the items are.</summary>
    public string Reshape(string x, string name, params ReadOnlySpan<long> shape) =>
        Add("Reshape", name, [x, Integers($"{name}.shape", shape)]);

    /// <summary>Reduces axes; where they are written depends on the operator set.</summary>
    /// <param name="opType">The operator.</param>
    /// <param name="x">What is reduced.</param>
    /// <param name="name">The node's name.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="keep">Whether they stay with length 1.</param>
    public string Reduce(string opType, string x, string name, long[] axes, bool keep)
    {
        bool asInput = model.Opset >= 18;
        return Add(opType, name, asInput ? [x, Integers($"{name}.axes", axes)] : [x], node =>
        {
            if (!asInput)
                node.Set("axes", axes);
            node.Set("keepdims", keep ? 1 : 0);
        });
    }

    private static string NameOf(string name) => "log_mel/" + name;
}
