using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai.Tests;

internal sealed class OnnxModelTests
{
    private static readonly float[] s_values = [1, -2, 3.5f, 0, 1e-9f, -7];

    [Test]
    public void AModelSurvivesARoundTripWithPartsThatThisLibraryDoesNotKnow()
    {
        ModelProto proto = Tiny();
        // Field 200 of the graph, and one of a node, are in no schema
        byte[] unknown = [0xC2, 0x0C, 0x03, (byte)'a', (byte)'b', (byte)'c'];
        proto.Graph = GraphProto.Parser.ParseFrom((byte[])[.. proto.Graph.ToByteArray(), .. unknown]);
        proto.Graph.Node[0] = NodeProto.Parser.ParseFrom((byte[])[.. proto.Graph.Node[0].ToByteArray(), .. unknown]);
        byte[] bytes = proto.ToByteArray();
        byte[] again = OnnxModel.Parse(bytes, "tiny").ToBytes();
        Assert.That(ModelProto.Parser.ParseFrom(again), Is.EqualTo(proto));
        Assert.That(OnnxModel.Parse(bytes, "tiny").Clone().ToBytes(), Is.EqualTo(again));
    }

    [Test]
    public void EditingACloneLeavesTheOriginalAlone()
    {
        OnnxModel model = OnnxModel.Parse(Tiny().ToByteArray(), "tiny");
        byte[] before = model.ToBytes();
        OnnxModel clone = model.Clone();
        clone.Nodes[0].Set("alpha", 0.5f);
        clone.Nodes[0].SetInput(0, "other");
        clone.Add(new OnnxNode("Relu", "more", ["y"], ["z"]));
        clone.RemoveInitializer("w");
        clone.SetMetadata("key", "value");
        clone.ClearOutputs();
        Assert.That(model.ToBytes(), Is.EqualTo(before));
    }

    [Test]
    public void RawAndTypedDataReadAlike()
    {
        TensorProto typed = new() { Name = "typed", DataType = (int)OnnxElementType.Float };
        typed.Dims.Add(6);
        typed.FloatData.AddRange(s_values);
        TensorProto doubles = new() { Name = "doubles", DataType = (int)OnnxElementType.Double };
        doubles.Dims.Add(6);
        doubles.DoubleData.AddRange(s_values.Select(value => (double)value));
        TensorProto halves = new() { Name = "halves", DataType = (int)OnnxElementType.Float16 };
        halves.Dims.Add(2);
        halves.Int32Data.AddRange([BitConverter.HalfToUInt16Bits((Half)1.5f), BitConverter.HalfToUInt16Bits((Half)(-0.25f))]);
        Assert.That(new OnnxTensor(typed).ToFloats(), Is.EqualTo(s_values));
        Assert.That(new OnnxTensor(doubles).ToFloats(), Is.EqualTo(s_values));
        Assert.That(new OnnxTensor(halves).ToFloats(), Is.EqualTo((float[])[1.5f, -0.25f]));
        Assert.That(OnnxTensor.FromFloats("raw", s_values, 2, 3).ToFloats(), Is.EqualTo(s_values));
        Assert.That(OnnxTensor.FromInt64s("raw", [1, -1, long.MaxValue], 3).ToInt64s(), Is.EqualTo((long[])[1, -1, long.MaxValue]));
    }

    [Test]
    public void DataThatDoesNotFillTheShapeIsRefused()
    {
        TensorProto tensor = new() { Name = "short", DataType = (int)OnnxElementType.Float };
        tensor.Dims.Add(7);
        tensor.FloatData.AddRange(s_values);
        Assert.That(() => new OnnxTensor(tensor).ToFloats(), Throws.TypeOf<ModelFormatException>().With.Message.Contains("has 6 elements of data, but its shape holds 7"));
        Assert.That(() => OnnxTensor.FromFloats("short", s_values, 7), Throws.ArgumentException);
    }

    [Test]
    public void WhatIsNoModelIsRefusedByName([Values(0, 1, 10, 100)] int kept)
    {
        byte[] bytes = Tiny().ToByteArray();
        byte[] cut = bytes[..Math.Min(kept, bytes.Length - 1)];
        Assert.That(() => OnnxModel.Parse(cut, "cut.onnx"), Throws.TypeOf<ModelFormatException>().With.Message.StartsWith("cut.onnx"));
    }

    [Test]
    public void WeightsInAFileBesideTheModelAreReadWithIt()
    {
        using TemporaryFolder folder = new();
        byte[] data = new byte[8 + (4 * s_values.Length)];
        Buffer.BlockCopy(s_values, 0, data, 8, 4 * s_values.Length);
        File.WriteAllBytes(folder.PathOf("weights.bin"), data);
        string path = Write(folder, "weights.bin", offset: 8, length: 24);
        OnnxModel model = OnnxModel.Load(path);
        Assert.That(model.Initializers["w"].ToFloats(), Is.EqualTo(s_values));
        model.Save(path);
        File.Delete(folder.PathOf("weights.bin"));
        Assert.That(OnnxModel.Load(path).Initializers["w"].ToFloats(), Is.EqualTo(s_values), "what is written needs no other file");
    }

    [Test]
    public void WeightsSaidToBeInAFileLeaveTheModelAsItIs()
    {
        OnnxModel model = OnnxModel.Parse(Tiny().ToByteArray(), "tiny");
        model.AddInitializer(OnnxTensor.Wrap("large", new float[16385], 5, 3277));
        byte[] whole = model.ToBytes();
        byte[] moved = model.ToBytes(tensor => tensor.RawData.Length > 1000 ? ExternalTensorData.MoveOut(tensor, "weights") : tensor);
        Assert.That(moved, Has.Length.LessThan(2000), "only the small weights stay");
        Assert.That(() => OnnxModel.Parse(moved, "moved"), Throws.TypeOf<ModelFormatException>().With.Message.Contains("'weights'"));
        Assert.That(model.ToBytes(), Is.EqualTo(whole), "the model itself is as it was");
    }

    [TestCase("../weights.bin", 0, 24, "outside the model's folder")]
    [TestCase("/etc/hostname", 0, 24, "outside the model's folder")]
    [TestCase("missing.bin", 0, 24, "not beside the model")]
    [TestCase("weights.bin", 4, 24, "asks for 24 bytes at 4")]
    [TestCase("weights.bin", -1, 24, "asks for 24 bytes at -1")]
    [TestCase("weights.bin", 0, long.MaxValue, "asks for")]
    public void ExternalDataThatMayNotBeReadIsRefused(string location, long offset, long length, string reason)
    {
        using TemporaryFolder folder = new();
        string inner = Directory.CreateDirectory(folder.PathOf("inner")).FullName;
        File.WriteAllBytes(folder.PathOf("weights.bin"), new byte[24]);
        File.WriteAllBytes(Path.Combine(inner, "weights.bin"), new byte[24]);
        string path = Path.Combine(inner, "model.onnx");
        File.WriteAllBytes(path, External(location, offset, length).ToByteArray());
        Assert.That(() => OnnxModel.Load(path), Throws.TypeOf<ModelFormatException>().With.Message.Contains(reason));
    }

    [Test]
    public void AModelFromMemoryHasNoFolderForExternalData() =>
        Assert.That(() => OnnxModel.Parse(External("weights.bin", 0, 24).ToByteArray(), "memory"), Throws.TypeOf<ModelFormatException>().With.Message.Contains("has no folder"));

    private static string Write(TemporaryFolder folder, string location, long offset, long length)
    {
        string path = folder.PathOf("model.onnx");
        File.WriteAllBytes(path, External(location, offset, length).ToByteArray());
        return path;
    }

    private static ModelProto External(string location, long offset, long length)
    {
        ModelProto proto = Tiny();
        TensorProto tensor = proto.Graph.Initializer[0];
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        foreach ((string key, string value) in (ReadOnlySpan<(string, string)>)[("location", location), ("offset", FormattableString.Invariant($"{offset}")), ("length", FormattableString.Invariant($"{length}"))])
            tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        return proto;
    }

    private static ModelProto Tiny()
    {
        OnnxModel model = OnnxModel.Create(17, "tiny");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, [new OnnxDimension(null, "batch"), 2]));
        model.AddInitializer(OnnxTensor.FromFloats("w", s_values, 2, 3));
        model.Add(new OnnxNode("Gemm", "only", ["x", "w"], ["y"])).Set("alpha", 2f);
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, [new OnnxDimension(null, "batch"), 3]));
        model.SetMetadata("origin", "test");
        return ModelProto.Parser.ParseFrom(model.ToBytes());
    }
}
