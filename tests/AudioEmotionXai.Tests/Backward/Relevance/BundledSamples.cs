using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;
using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Tests.Backward.Relevance;

/// <summary>The bundled model with the first of its samples.</summary>
internal static class BundledSamples
{
    public static (EmotionModel Model, FloatTensor Samples) Load(int count)
    {
        string folder = Path.Combine(SharedData.Repository, "models");
        FloatTensor all = NpyFile.Read(Path.Combine(folder, "samples", "spectrograms.npy"));
        return (EmotionModel.Load(Path.Combine(folder, "audio_resnet_nemo.onnx"), new EmotionModelOptions { Provider = ExecutionProvider.Cpu }), all.Items(0, count));
    }
}
