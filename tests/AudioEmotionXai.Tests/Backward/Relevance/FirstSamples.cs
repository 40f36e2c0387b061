namespace AudioEmotionXai.Tests;

/// <summary>The bundled model with the first of its samples.</summary>
internal static class FirstSamples
{
    public static (AudioClassifier Model, FloatTensor Samples) Load(int count)
    {
        string folder = Path.Combine(SharedData.Repository, "models");
        FloatTensor all = NpyFile.Read(Path.Combine(folder, "samples", "spectrograms.npy"));
        return (AudioClassifier.Load(Path.Combine(folder, "audio_resnet_nemo.onnx"), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu }), all.Items(0, count));
    }
}
