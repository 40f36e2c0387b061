using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Models that somebody made to do harm: each is refused by name, and no file beyond the model's folder is opened.</summary>
public sealed class HostileModelTests
{
    [Test]
    public void ACycleIsRefused()
    {
        OnnxModel model = Head(["x", "b"], "Add", "a");
        model.Insert(0, new OnnxNode("Identity", "back", ["a"], ["b"]));
        AssertRefused(model, "'a'", "no node before it writes");
    }

    [Test]
    public void AnIdentityThatReadsItselfIsRefused() => AssertRefused(Head(["a"], "Identity", "a"), "'a'", "no node before it writes");

    [TestCase("Relu", new string[0])]
    [TestCase("MaxPool", new[] { "" })]
    [TestCase("Conv", new[] { "x" })]
    [TestCase("Where", new[] { "x", "", "x" })]
    public void ANodeWithoutTheInputsThatItsOperatorNeedsIsRefused(string opType, string[] inputs) => AssertRefused(Head(inputs, opType, "a"), opType, "has no input");

    [Test]
    public void ATensorThatIsWrittenTwiceIsRefused()
    {
        OnnxModel model = Head(["x"], "Relu", "a");
        model.Insert(0, new OnnxNode("Relu", "first", ["x"], ["a"]));
        AssertRefused(model, "already a tensor 'a'");
    }

    [Test]
    public void AnOutputThatNobodyComputesIsRefused()
    {
        OnnxModel model = Head(["x"], "Relu", "a");
        model.AddOutput(new OnnxValueInfo("ghost", OnnxElementType.Float, ["N", 3]));
        AssertRefused(model, "'ghost'");
    }

    [TestCase(long.MaxValue, 2)]
    [TestCase(1L << 32, 1L << 32)]
    [TestCase(-1, 5)]
    [TestCase(3037000500, 3037000500)]
    public void AWeightOfAnImpossibleSizeIsRefused(long rows, long columns)
    {
        ModelProto proto = Proto();
        proto.Graph.Initializer[0].Dims.Clear();
        proto.Graph.Initializer[0].Dims.AddRange([rows, columns, 1, 1]);
        AssertRefused(proto, "conv1.weight", "no data can fill");
    }

    [Test]
    public void RawDataOfTheWrongLengthIsRefusedWhereItIsRead()
    {
        OnnxModel model = TinyModels.Image();
        TensorProto tensor = model.Initializers["conv1.weight"].Proto;
        tensor.RawData = ByteString.CopyFrom(new byte[tensor.RawData.Length - 3]);
        using AudioClassifier opened = AudioClassifier.FromOnnx(model);
        Assert.That(() => new Gradient().Compile(opened), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("conv1.weight"));
        Assert.That(() => opened.Predict(TinyModels.ImageInput(1)), Throws.InstanceOf<ModelFormatException>());
    }

    [Test]
    public void WeightsOfTextAreRefused()
    {
        ModelProto proto = Proto();
        TensorProto weight = proto.Graph.Initializer.Single(tensor => tensor.Name == "conv2.weight");
        weight.ClearRawData();
        weight.DataType = (int)OnnxElementType.String;
        weight.StringData.Add(ByteString.CopyFromUtf8("weight"));
        Assert.That(() => Use(proto), Throws.InstanceOf<ModelFormatException>());
    }

    [TestCase(0)]
    [TestCase(long.MaxValue)]
    public void AnInputOfNoOrOfAbsurdLengthIsRefused(long length)
    {
        ModelProto proto = Proto();
        proto.Graph.Input[0].Type.TensorType.Shape.Dim[3].DimValue = length;
        AssertRefused(proto, "lengths from 1 to");
    }

    [TestCase("strides", new long[] { 0, 1 })]
    [TestCase("strides", new long[] { -1, 1 })]
    [TestCase("strides", new long[] { 1 })]
    [TestCase("pads", new long[] { long.MaxValue, 0, 0, 0 })]
    [TestCase("pads", new long[] { 1, 1 })]
    [TestCase("dilations", new long[] { long.MinValue, 1 })]
    public void AWindowThatCannotBeIsRefusedByNode(string attribute, long[] values)
    {
        OnnxModel model = TinyModels.Image();
        model.Nodes[0].Set(attribute, values);
        AssertRefused(model, "Conv 'conv1'", attribute);
    }

    [Test]
    public void APoolWithAWindowOfAWholeContinentEndsAtOnce()
    {
        OnnxModel model = Head(["x"], "AveragePool", "a");
        model.Nodes[0].Set("kernel_shape", 1 << 24, 1 << 24).Set("pads", 1 << 23, 1 << 23, 1 << 23, 1 << 23);
        Assert.That(() => Use(model), Throws.InstanceOf<ModelFormatException>());
    }

    [Test]
    public void ARangeOverAllNumbersIsNotCounted()
    {
        OnnxModel model = Head(["x"], "Relu", "a");
        model.AddInitializer(OnnxTensor.FromInt64s("from", [long.MinValue]));
        model.AddInitializer(OnnxTensor.FromInt64s("to", [long.MaxValue]));
        model.AddInitializer(OnnxTensor.FromInt64s("step", [1]));
        model.Insert(0, new OnnxNode("Range", "all", ["from", "to", "step"], ["numbers"]));
        Assert.That(ShapeInference.Infer(model).ShapeOf("numbers"), Has.Length.EqualTo(1));
    }

    [Test]
    public void ASliceThatNeverMovesIsRefused()
    {
        OnnxModel model = Head(["x"], "Relu", "a");
        model.Insert(0, new OnnxNode("Shape", "shape", ["x"], ["lengths"]));
        foreach ((string name, long[] values) in new (string, long[])[] { ("starts", [0]), ("ends", [-9]), ("axes", []), ("steps", [0]) })
            model.AddInitializer(OnnxTensor.FromInt64s(name, values, values.Length));
        model.Insert(1, new OnnxNode("Slice", "still", ["lengths", "starts", "ends", "axes", "steps"], ["cut"]));
        AssertRefused(model, "Slice 'still'");
    }

    [Test]
    public void LengthsThatAreDoubledEverAgainStayShort()
    {
        Dim length = new("frames", 0);
        for (int i = 0; i < 200; i++)
            length = (length * length) + length;
        Assert.That(length.Base, Has.Length.LessThan(500));
        Dim again = new("frames", 0);
        for (int i = 0; i < 200; i++)
            again = (again * again) + again;
        Assert.That(again, Is.EqualTo(length), "equal expressions stay equal");
    }

    [TestCase("../secret.bin")]
    [TestCase("weights/../../secret.bin")]
    [TestCase("/etc/hostname")]
    [TestCase("")]
    [TestCase("weights")]
    public void DataOutsideTheFolderIsNeverOpened(string location)
    {
        using TemporaryFolder folder = new();
        folder.Write("secret.bin", new byte[1 << 12]);
        string inner = Directory.CreateDirectory(folder.PathOf("model")).FullName;
        Directory.CreateDirectory(Path.Combine(inner, "weights"));
        ModelProto proto = Proto();
        External(proto.Graph.Initializer[0], location);
        string path = Path.Combine(inner, "model.onnx");
        File.WriteAllBytes(path, proto.ToByteArray());
        Assert.That(() => OnnxModel.Load(path), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("conv1.weight"));
    }

    [Test]
    public void DataInAnotherFileIsRefusedWhereOnlyTheRuntimeWouldLook()
    {
        TensorProto Outside() => External(new TensorProto { Name = "hidden", DataType = 1, Dims = { 4 } }, "../secret.bin");
        ModelProto attribute = Proto(), nested = Proto(), sparse = Proto(), function = Proto();
        NodeProto constant = new() { OpType = "Constant", Output = { "c" }, Attribute = { new AttributeProto { Name = "value", T = Outside(), Type = AttributeProto.Types.AttributeType.Tensor } } };
        attribute.Graph.Node.Add(constant);
        nested.Graph.Node.Add(new NodeProto { OpType = "If", Output = { "i" }, Attribute = { new AttributeProto { Name = "then_branch", G = new GraphProto { Node = { constant.Clone() } } } } });
        sparse.Graph.SparseInitializer.Add(new SparseTensorProto { Values = Outside() });
        function.Functions.Add(new FunctionProto { Node = { constant.Clone() } });
        foreach (ModelProto proto in new[] { attribute, nested, sparse, function })
            Assert.That(() => OnnxModel.Parse(proto.ToByteArray(), "stray.onnx", Path.GetTempPath()), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("'hidden'"));
    }

    [Test]
    public void GraphsNestedWithoutEndAreRefused()
    {
        GraphProto graph = new();
        for (int i = 0; i < 2000; i++)
            graph = new GraphProto { Node = { new NodeProto { OpType = "If", Output = { "x" }, Attribute = { new AttributeProto { Name = "then_branch", G = graph } } } } };
        byte[] bytes = new ModelProto { Graph = graph }.ToByteArray();
        Assert.That(() => OnnxModel.Parse(bytes, "deep.onnx"), Throws.InstanceOf<ModelFormatException>().With.Message.StartsWith("deep.onnx"));
    }

    private static ModelProto Proto() => ModelProto.Parser.ParseFrom(TinyModels.Image().ToBytes());

    private static TensorProto External(TensorProto tensor, string location)
    {
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        return tensor;
    }

    /// <summary>A classifier that is one node and a mean.</summary>
    private static OnnxModel Head(string[] inputs, string opType, string output)
    {
        OnnxModel model = OnnxModel.Create(17, "hostile");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 3, 7, 5]));
        model.Add(new OnnxNode(opType, "node", inputs, [output]));
        model.Add(new OnnxNode("ReduceMean", "pool", [output], ["logits"]).Set("axes", 2, 3).Set("keepdims", 0));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 3]));
        return model;
    }

    private static void AssertRefused(ModelProto proto, params string[] parts) => AssertRefused(OnnxModel.Parse(proto.ToByteArray(), "hostile"), parts);

    private static void AssertRefused(OnnxModel model, params string[] parts)
    {
        ModelFormatException refusal = Assert.Throws<ModelFormatException>(() => AudioClassifier.FromOnnx(model))!;
        foreach (string part in parts)
            Assert.That(refusal.Message, Does.Contain(part));
    }

    private static void Use(ModelProto proto) => Use(OnnxModel.Parse(proto.ToByteArray(), "hostile"));

    private static void Use(OnnxModel source)
    {
        using AudioClassifier model = AudioClassifier.FromOnnx(source);
        new Gradient().Compile(model);
        model.Predict(TinyModels.ImageInput(1));
    }
}
