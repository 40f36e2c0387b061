using System.Security.Cryptography;
using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai.Tests;

/// <summary>A model's hash covers all that it is.</summary>
public sealed class ContentHashTests
{
    [Test]
    public void AFileThatHoldsItsWeightsHasItsOwnHash()
    {
        using TemporaryFolder folder = new();
        byte[] bytes = TinyModels.Image().ToBytes();
        string path = folder.Write("model.onnx", bytes), expected = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.That(OnnxModel.Load(path).ContentHash, Is.EqualTo(expected));
        Assert.That(OnnxModel.Parse(bytes, "in memory").ContentHash, Is.EqualTo(expected));
    }

    [Test]
    public void WeightsInAFileBesideTheModelCount()
    {
        using TemporaryFolder folder = new();
        ModelProto proto = HostileModels.WithWeightIn("w.bin");
        byte[] weight = HostileModels.FirstWeight();
        string path = folder.Write("model.onnx", proto.ToByteArray());
        folder.Write("w.bin", weight);
        string first = OnnxModel.Load(path).ContentHash;
        Assert.That(OnnxModel.Load(path).ContentHash, Is.EqualTo(first));
        Assert.That(first, Is.Not.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))));
        weight[5] ^= 1;
        folder.Write("w.bin", weight);
        Assert.That(OnnxModel.Load(path).ContentHash, Is.Not.EqualTo(first));
        using AudioClassifier model = AudioClassifier.Load(path);
        string hash = new Gradient().Compile(model).Metadata["source_sha256"];
        Assert.That(hash, Is.EqualTo(model.Source.ContentHash).And.Not.EqualTo(first));
    }

    [Test]
    public void AFileThatChangedSinceIsNotHashedInTheModelsPlace()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.onnx", TinyModels.Image().ToBytes());
        OnnxModel model = OnnxModel.Load(path);
        byte[] other = TinyModels.Image(seed: 9, channels: 2).ToBytes();
        File.WriteAllBytes(path, other);
        Assert.That(model.ContentHash, Is.Not.EqualTo(Convert.ToHexStringLower(SHA256.HashData(other))));
    }
}
