namespace AudioEmotionXai.TestKit;

/// <summary>The trained model of the repository.</summary>
internal static class BundledModel
{
    public static string Path { get; } = Find("audio_resnet_nemo.onnx");

    public static string Find(string name) => System.IO.Path.Combine(SharedData.Repository, "models", name);
}

/// <summary>The test spectrograms beside it, (24, 1, 128, 141), with their classes and the clips that they were made from.</summary>
internal sealed record BundledSamples(FloatTensor Spectrograms, int[] Labels, string[] Names)
{
    public int Count => Names.Length;

    public static BundledSamples Load() => new(
        NpyFile.Read(BundledModel.Find("samples/spectrograms.npy")),
        NpyFile.ReadInt32(BundledModel.Find("samples/labels.npy")),
        [.. File.ReadLines(BundledModel.Find("samples/samples.csv")).Skip(1).Select(line => line.Split(',')[1])]);
}
