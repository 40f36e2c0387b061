using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai.Tests;

public sealed class OnnxModelDamageTests
{
    [Test]
    public void AModelCutOffAnywhereIsAnErrorThatNamesTheFile()
    {
        byte[] bytes = TinyModels.Image().ToBytes();
        for (int length = 0; length < bytes.Length; length += 97)
        {
            byte[] cut = bytes[..length];
            Assert.That(() => AudioClassifier.FromOnnx(OnnxModel.Parse(cut, "cut.onnx")).Dispose(), Throws.InstanceOf<ModelFormatException>().With.Message.StartsWith("cut.onnx: "), $"{length} of {bytes.Length} bytes");
        }
    }

    [Test]
    public void ALinkThatLeavesTheModelsFolderIsRefused()
    {
        using TemporaryFolder folder = new();
        string inner = Directory.CreateDirectory(folder.PathOf("model")).FullName;
        File.CreateSymbolicLink(Path.Combine(inner, "link.bin"), folder.Write("outside.bin", new byte[64]));
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyModels.Image().ToBytes());
        proto.Graph.Initializer.Add(new TensorProto
        {
            Name = "weights",
            DataType = (int)OnnxElementType.Float,
            Dims = { 4 },
            DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData = { new StringStringEntryProto { Key = "location", Value = "link.bin" } },
        });
        string path = Path.Combine(inner, "model.onnx");
        File.WriteAllBytes(path, proto.ToByteArray());
        Assert.That(() => OnnxModel.Load(path), Throws.InstanceOf<ModelFormatException>().With.Message.Contains("link.bin").And.Message.Contains("leaves the model's folder"));
    }
}
