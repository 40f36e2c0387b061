using AudioEmotionXai.Protobuf;

namespace AudioEmotionXai.TestKit;

/// <summary>Small models that answer what is no number, or that are made to do harm.</summary>
internal static class HostileModels
{
    /// <summary>The tiny image model whose last score is always NaN.</summary>
    public static OnnxModel AnswersNaN(float value = float.NaN) => WithTail("nan", model =>
    {
        model.AddInitializer(OnnxTensor.FromFloats("bad", [0, 0, value], 1, TinyModels.Classes));
        model.Add(new OnnxNode("Add", "addnan", ["logits/inner", "bad"], ["logits"]));
    });

    /// <summary>The tiny image model of inputs that are divided by their own deviation: NaN for one that is the same everywhere.</summary>
    public static OnnxModel DividesByItsDeviation()
    {
        OnnxModel model = TinyModels.Image();
        foreach (OnnxNode node in model.Nodes.Where(node => node.Inputs[0] == "spectrogram"))
            node.SetInput(0, "normed");
        OnnxNode[] front =
        [
            new OnnxNode("ReduceMean", "mean", ["spectrogram"], ["m"]).Set("axes", 1, 2, 3).Set("keepdims", 1),
            new OnnxNode("Sub", "centred", ["spectrogram", "m"], ["c"]),
            new OnnxNode("Mul", "square", ["c", "c"], ["cc"]),
            new OnnxNode("ReduceMean", "variance", ["cc"], ["v"]).Set("axes", 1, 2, 3).Set("keepdims", 1),
            new OnnxNode("Sqrt", "deviation", ["v"], ["s"]),
            new OnnxNode("Div", "normalise", ["c", "s"], ["normed"]),
        ];
        for (int i = 0; i < front.Length; i++)
            model.Insert(i, front[i]);
        return model;
    }

    /// <summary>The tiny image model whose scores get a sum of integers added: what the nodes write to <c>whole</c>.</summary>
    public static OnnxModel AddsWhole(Action<OnnxModel> nodes) => WithTail("whole", model =>
    {
        nodes(model);
        model.Add(new OnnxNode("Cast", "tofloat", ["whole"], ["whole/float"]).Set("to", 1L));
        model.Add(new OnnxNode("ReduceSum", "total", ["whole/float"], ["whole/sum"]).Set("keepdims", 0L));
        model.Add(new OnnxNode("Add", "addwhole", ["logits/inner", "whole/sum"], ["logits"]));
    });

    /// <summary>A quotient of constants of a type.</summary>
    public static OnnxModel Divides(string operation, OnnxElementType type, long[] dividend, long[] divisor, bool asNodes = false) => AddsWhole(model =>
    {
        Constant(model, "left", type, dividend, asNodes);
        Constant(model, "right", type, divisor, asNodes);
        model.Add(new OnnxNode(operation, "quotient", ["left", "right"], ["whole"]));
    });

    /// <summary>A quotient that only a run knows: zero times the input's sum, plus these numbers.</summary>
    public static OnnxModel DividesAtRunTime(string operation, OnnxElementType type, long dividend, long divisor) => AddsWhole(model =>
    {
        model.Add(new OnnxNode("ReduceSum", "all", ["spectrogram"], ["all"]).Set("keepdims", 0L));
        model.Add(new OnnxNode("Cast", "towhole", ["all"], ["some"]).Set("to", (long)type));
        Constant(model, "zero", type, [0], asNode: false);
        Constant(model, "left", type, [dividend], asNode: false);
        Constant(model, "right", type, [divisor], asNode: false);
        model.Add(new OnnxNode("Mul", "nothing", ["some", "zero"], ["nothing"]));
        model.Add(new OnnxNode("Add", "dividend", ["nothing", "left"], ["dividend"]));
        model.Add(new OnnxNode("Add", "divisor", ["nothing", "right"], ["divisor"]));
        model.Add(new OnnxNode(operation, "quotient", ["dividend", "divisor"], ["whole"]));
    });

    /// <summary>A chain of so many activations.</summary>
    public static OnnxModel Chain(int nodes)
    {
        OnnxModel model = OnnxModel.Create(17, "chain");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 3, 7, 5]));
        for (int i = 0; i < nodes; i++)
            model.Add(new OnnxNode("Relu", $"relu{i}", [i == 0 ? "x" : $"t{i - 1}"], [$"t{i}"]));
        model.Add(new OnnxNode("ReduceMean", "pool", [$"t{nodes - 1}"], ["logits"]).Set("axes", 2L, 3L).Set("keepdims", 0L));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 3]));
        return model;
    }

    /// <summary>The tiny image model as a message, whose first weight is said to be in a file.</summary>
    public static ModelProto WithWeightIn(string location, long? offset = null, long? length = null)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyModels.Image().ToBytes());
        TensorProto tensor = proto.Graph.Initializer[0];
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        if (offset is { } start)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = FormattableString.Invariant($"{start}") });
        if (length is { } bytes)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = FormattableString.Invariant($"{bytes}") });
        return proto;
    }

    /// <summary>The bytes of the weight that <see cref="WithWeightIn"/> takes out.</summary>
    public static byte[] FirstWeight() => ModelProto.Parser.ParseFrom(TinyModels.Image().ToBytes()).Graph.Initializer[0].RawData.ToByteArray();

    private static OnnxModel WithTail(string name, Action<OnnxModel> tail)
    {
        OnnxModel model = TinyModels.Image();
        foreach (OnnxNode node in model.Nodes)
            node.ReplaceOutput("logits", "logits/inner");
        tail(model);
        return model;
    }

    private static void Constant(OnnxModel model, string name, OnnxElementType type, long[] values, bool asNode)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)type, Dims = { values.Length } };
        if (type == OnnxElementType.Int64)
            tensor.Int64Data.Add(values);
        else
            tensor.Int32Data.Add(values.Select(value => (int)value));
        if (asNode)
            model.Add(new OnnxNode("Constant", name, [], [name]).Set("value", new OnnxTensor(tensor)));
        else
            model.AddInitializer(new OnnxTensor(tensor));
    }
}
