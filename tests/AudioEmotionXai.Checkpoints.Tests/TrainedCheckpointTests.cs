namespace AudioEmotionXai.Checkpoints.Tests;

/// <summary>The checkpoint that the bundled model comes from, against what PyTorch made of it.</summary>
public sealed class TrainedCheckpointTests
{
    [Test]
    public void TheLogitsArePyTorchs([Values] bool keep)
    {
        using BareSession session = new(Export(keep));
        float worst = LargestDifference(session, "logits", "goldens/logits.npy", out _);
        Assert.That(worst, Is.LessThanOrEqualTo(1e-4f));
    }

    [Test]
    public void TheLastLayerIsPyTorchs()
    {
        using BareSession session = new(Export());
        float worst = LargestDifference(session, "layer4", "goldens/layer4_activation.npy", out float largest);
        Assert.That(worst / largest, Is.LessThanOrEqualTo(1e-4f));
    }

    [Test]
    public void TheExportIsTheBundledFile() =>
        Assert.That(Export().ToBytes().AsSpan().SequenceEqual(File.ReadAllBytes(BundledModel.Path)), Is.True);

    [Test]
    [Long]
    public void AsManyTestClipsAreRightAsInPyTorch()
    {
        using BareSession session = new(BundledModel.Path);
        FloatTensor clips = NpyFile.Read(SharedData.Require("data/X_test.npy"));
        int[] labels = NpyFile.ReadInt32(SharedData.Require("data/y_test.npy"));
        int right = 0;
        for (int start = 0; start < labels.Length; start += 23)
        {
            FloatTensor batch = clips.Items(start, Math.Min(23, labels.Length - start));
            float[][] logits = [.. session.Run("logits", batch.Memory, batch.Shape[0], 1, 128, 141).Chunk(6)];
            for (int i = 0; i < logits.Length; i++)
                right += Array.IndexOf(logits[i], logits[i].Max()) == labels[start + i] ? 1 : 0;
        }

        Assert.That(right, Is.EqualTo(831));
    }

    private static OnnxModel Export(bool keep = false)
    {
        IReadOnlyList<string> labels = LabelMapping.Read(SharedData.Require("model/label_mapping.npy"));
        OnnxModel model = CheckpointExporter.Export(SharedData.Require("model/best_model.pt"), labels, new ExportOptions { KeepBatchNormalization = keep });
        FrontEndContract.Load(SharedData.Require("model/front_end.json")).WriteTo(model);
        return model;
    }

    private static float LargestDifference(BareSession session, string output, string golden, out float largest)
    {
        FloatTensor expected = NpyFile.Read(SharedData.Require(golden));
        float[] actual = session.Run(output, NpyFile.Read(SharedData.Require("goldens/input.npy")).Memory, 6, 1, 128, 141);
        largest = 0;
        float worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(actual[i] - expected.Span[i]));
            largest = Math.Max(largest, Math.Abs(expected.Span[i]));
        }

        return worst;
    }
}
