namespace AudioEmotionXai.Checkpoints.Tests;

public sealed class CheckpointExporterTests
{
    private const int Bins = 37;
    private const int Frames = 46;
    private static readonly string[] Labels = ["anger", "fear", "joy"];
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public void TheExportedModelGivesThePlainTwinsLogits([Values] bool keep, [Values(1, 3)] int batch)
    {
        Dictionary<string, StoredTensor> weights = TinyAudioResNet.StateDict();
        Random random = new(5);
        float[] input = [.. Enumerable.Range(0, batch * Bins * Frames).Select(_ => (float)((random.NextDouble() * 4) - 2))];
        using BareSession session = new(Export(weights, keep));
        float[] logits = session.Run("logits", input, batch, 1, Bins, Frames);
        PlainAudioResNet twin = new(weights);
        double[] expected = [.. input.Chunk(Bins * Frames).SelectMany(item => twin.Logits(item, Bins, Frames))];
        Assert.That(logits, Is.EqualTo(expected.Select(value => (float)value)).Within(2e-5));
    }

    [Test]
    public void TheModelDeclaresItsInputOutputsOpsetAndLabels()
    {
        OnnxModel model = Export(TinyAudioResNet.StateDict());
        string[] expected = ["logits: Float (N, 3)", "layer1: Float (N, 2, 10, 12)", "layer2: Float (N, 4, 5, 6)", "layer3: Float (N, 8, 3, 3)", "layer4: Float (N, 16, 2, 2)"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.Opset, Is.EqualTo(17));
            Assert.That(model.Inputs.Select(input => input.ToString()), Is.EqualTo(new[] { "spectrogram: Float (N, 1, 37, 46)" }));
            Assert.That(model.Outputs.Select(output => output.ToString()), Is.EqualTo(expected));
            Assert.That(ModelMetadata.FindLabels(model), Is.EqualTo(Labels));
        }
    }

    [Test]
    public void DeclaredLayerSizesAreTheOnesThatComeOut()
    {
        using BareSession session = new(Export(TinyAudioResNet.StateDict()));
        int[] sizes = [.. Enumerable.Range(1, 4).Select(layer => session.Run($"layer{layer}", new float[Bins * Frames], 1, 1, Bins, Frames).Length)];
        Assert.That(sizes, Is.EqualTo(new[] { 2 * 10 * 12, 4 * 5 * 6, 8 * 3 * 3, 16 * 2 * 2 }));
    }

    [Test]
    public void NodesAreNamedAfterTheirPlace()
    {
        OnnxModel model = Export(TinyAudioResNet.StateDict());
        string[] names = [.. model.Nodes.Select(node => node.Name)];
        Assert.That(names, Is.SupersetOf(new[] { "conv1", "maxpool", "layer2.0.conv1", "layer2.0.relu1", "layer2.0.downsample", "layer2.0.add", "layer4.1.relu2", "fc" }));
        Assert.That(names, Is.Unique);
    }

    [Test]
    public void NormalizationIsFoldedUnlessItIsKept([Values] bool keep)
    {
        OnnxModel model = Export(TinyAudioResNet.StateDict(), keep);
        Assert.That(model.Nodes.Count(node => node.OpType == "BatchNormalization"), Is.EqualTo(keep ? 20 : 0));
    }

    [Test]
    public void ThePrefixOfParallelTrainingIsTakenOff()
    {
        IEnumerable<KeyValuePair<string, StoredTensor>> prefixed = TinyAudioResNet.StateDict().Select(pair => new KeyValuePair<string, StoredTensor>($"module.{pair.Key}", pair.Value));
        Assert.That(Export(prefixed).ToBytes(), Is.EqualTo(Export(TinyAudioResNet.StateDict()).ToBytes()));
    }

    [Test]
    public void StridedAndOffsetTensorsOfADoubleStorageGiveTheSameModel()
    {
        Dictionary<string, StoredTensor> weights = TinyAudioResNet.StateDict();
        StoredTensor head = weights["fc.weight"];
        (long rows, long columns) = (head.Shape[0], head.Shape[1]);
        double[] transposed = [99, .. Enumerable.Range(0, (int)head.Count).Select(i => head.Storage[(i % rows * columns) + (i / rows)])];
        byte[] expected = Export(weights).ToBytes();
        weights["fc.weight"] = head with { Storage = transposed, Strides = [1, rows], Offset = 1, StorageClass = "DoubleStorage" };
        Assert.That(Export(weights).ToBytes(), Is.EqualTo(expected));
    }

    [Test]
    public void MissingUnexpectedAndMisshapenTensorsAreAllNamed()
    {
        Dictionary<string, StoredTensor> weights = TinyAudioResNet.StateDict();
        weights.Remove("resnet.layer3.0.downsample.1.bias");
        weights["resnet.layer5.0.conv1.weight"] = new([1], [1]);
        weights["resnet.conv1.weight"] = new([2, 3, 7, 7], new double[2 * 3 * 49]);
        Assert.That(() => Export(weights), Throws.TypeOf<ModelFormatException>()
            .With.Message.Contains("missing: resnet.layer3.0.downsample.1.bias").And.Message.Contains("unexpected: resnet.layer5.0.conv1.weight")
            .And.Message.Contains("resnet.conv1.weight has (2, 3, 7, 7), expected (2, 1, 7, 7)").And.Message.Contains("tiny.pt"));
    }

    [Test]
    public void AnotherNumberOfLabelsThanTheHeadHasIsRefused()
    {
        string path = _folder.Write("tiny.pt", CheckpointWriter.Write(TinyAudioResNet.StateDict()));
        Assert.That(() => CheckpointExporter.Export(path, ["a", "b"], new ExportOptions { Bins = Bins, Frames = Frames }, TinyAudioResNet.Width),
            Throws.TypeOf<ModelFormatException>().With.Message.Contains("with 2 classes").And.Message.Contains("fc.weight has (3, 16), expected (2, 16)"));
    }

    [TestCase("resnet.layer1.0.bn1.running_var", -1.0, "variance")]
    [TestCase("resnet.layer1.0.conv1.weight", double.NaN, "NaN")]
    [TestCase("fc.bias", double.PositiveInfinity, "Infinity")]
    public void NumbersThatCannotBeWeightsAreRefusedByName(string name, double value, string problem)
    {
        Dictionary<string, StoredTensor> weights = TinyAudioResNet.StateDict();
        weights[name].Storage[1] = value;
        Assert.That(() => Export(weights), Throws.TypeOf<ModelFormatException>().With.Message.Contains(name).And.Message.Contains(problem));
    }

    [Test]
    public void OldCheckpointsWithoutCountersAreRead()
    {
        Dictionary<string, StoredTensor> weights = TinyAudioResNet.StateDict();
        IEnumerable<KeyValuePair<string, StoredTensor>> old = weights.Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        Assert.That(Export(old).ToBytes(), Is.EqualTo(Export(weights).ToBytes()));
    }

    private OnnxModel Export(IEnumerable<KeyValuePair<string, StoredTensor>> weights, bool keep = false)
    {
        string path = _folder.Write("tiny.pt", CheckpointWriter.Write(weights));
        return CheckpointExporter.Export(path, Labels, new ExportOptions { Bins = Bins, Frames = Frames, KeepBatchNormalization = keep }, TinyAudioResNet.Width);
    }
}
