using AudioEmotionXai.Backward;
using AudioEmotionXai.Onnx;
using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Models;

/// <summary>A compiled explanation of one model, ready to run: logits and relevance from one pass.</summary>
internal sealed class BackwardProgram
{
    private BackwardProgram(OnnxSession session) => Session = session;

    public OnnxSession Session { get; }

    /// <summary>The outputs beyond logits and relevance.</summary>
    public IReadOnlyList<string> ExtraOutputs => [.. Session.OutputNames.Skip(2)];

    public static BackwardProgram Create(EmotionModel model, ProgramSpec spec, SessionSettings settings) =>
        new(OnnxSession.Create(Compile(model, spec), settings));

    /// <summary>The compiled graph as a plain ONNX model.</summary>
    public static OnnxModel Compile(EmotionModel model, ProgramSpec spec)
    {
        ClassifierGraph graph = spec.KeepSoftmax ? ClassifierGraph.Of(model.Source, keepSoftmax: true) : model.Graph;
        return BackwardCompiler.Compile(graph, spec);
    }
}
