using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Tests;

/// <summary>Runs a model by ONNX Runtime alone, none of the library between.</summary>
internal static class BareRun
{
    public static float[] Of(OnnxModel model, FloatTensor input, string output)
    {
        OnnxEnvironment.Start(); // no telemetry
        using InferenceSession session = new(model.ToBytes());
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input.Memory, Array.ConvertAll(input.Shape.ToArray(), length => (long)length));
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, new Dictionary<string, OrtValue> { [session.InputNames[0]] = value }, [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
