using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.TestKit;

/// <summary>Runs a model with ONNX Runtime alone, without the library's own runtime layer.</summary>
internal sealed class BareSession : IDisposable
{
    private readonly InferenceSession _session;

    public BareSession(OnnxModel model)
    {
        OnnxEnvironment.Start(); // no telemetry in tests either
        _session = new InferenceSession(model.ToBytes());
    }

    public BareSession(string path)
    {
        OnnxEnvironment.Start();
        _session = new InferenceSession(path);
    }

    /// <summary>One output for one input; the other outputs are not computed.</summary>
    public float[] Run(string output, Memory<float> input, params long[] shape)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, shape);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, [_session.InputNames[0]], [value], [output]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();
}
