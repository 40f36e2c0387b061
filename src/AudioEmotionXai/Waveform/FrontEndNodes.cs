namespace AudioEmotionXai;

/// <summary>Collects the nodes of a front end, marked so that relevance finds its rules, in the spelling of a model's operator
/// set.</summary>
/// <param name="model">The model that they join.</param>
/// <param name="prefix">What all names begin with.</param>
internal sealed class FrontEndNodes(OnnxModel model, string prefix)
{
    private readonly List<OnnxNode> _nodes = [];

    /// <summary>The nodes in the order in which they run.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>Lays features (N, bins, frames) or (N, samples) out as a model takes them.</summary>
    /// <param name="features">The tensor.</param>
    /// <param name="frontEnd">What made it.</param>
    /// <param name="layout">The axes of the tensor to write.</param>
    /// <param name="target">The tensor to write.</param>
    public void Lay(string features, FrontEnd frontEnd, InputLayout layout, string target)
    {
        if (!frontEnd.GivesSamples && layout.IndexOf(InputAxis.Time) is >= 0 and var time && time < layout.IndexOf(InputAxis.Frequency))
            features = Add("Transpose", "turned", [features], node => node.Set("perm", 0L, 2L, 1L));
        int length = frontEnd.SampleCount is { } count ? frontEnd.LengthOf(count) : -1;
        long[] shape = [.. layout.Axes.Select(axis => axis switch
        {
            InputAxis.Items => 0L,
            InputAxis.Channels => 1L,
            InputAxis.Frequency => frontEnd.Bins,
            _ => length,
        })];
        AddInto(target, "Reshape", "spectrogram", [features, Integers("spectrogram.shape", shape)]);
    }

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

    private string NameOf(string name) => $"{prefix}/{name}";
}
