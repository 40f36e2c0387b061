using System.Runtime.CompilerServices;

namespace AudioEmotionXai;

/// <summary>A compiled explanation of one model, ready to run: logits and relevance from one pass.</summary>
internal sealed class BackwardProgram
{
    private BackwardProgram(OnnxSession session, BatchPlan batches)
    {
        Session = session;
        Batches = batches;
    }

    public OnnxSession Session { get; }

    /// <summary>How many items the compiled graph takes at once: it holds more tensors than the forward pass.</summary>
    public BatchPlan Batches { get; }

    /// <summary>The outputs beyond logits and relevance.</summary>
    public IReadOnlyList<string> ExtraOutputs => [.. Session.OutputNames.Skip(2)];

    public static BackwardProgram Create(AudioClassifier model, ProgramSpec spec, SessionSettings settings)
    {
        using SessionSource source = Prepare(model, spec, out BatchPlan batches);
        return new BackwardProgram(OnnxSession.Create(source, settings), batches);
    }

    /// <summary>The compiled graph as a plain ONNX model.</summary>
    public static OnnxModel Compile(AudioClassifier model, ProgramSpec spec)
    {
        ClassifierGraph graph = spec.KeepSoftmax ? ClassifierGraph.Of(model.Source, keepSoftmax: true) : model.Graph;
        return BackwardCompiler.Compile(graph, spec);
    }

    // Not inlined: when the session is made, nothing may refer to the compiled graph and its weights any more
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SessionSource Prepare(AudioClassifier model, ProgramSpec spec, out BatchPlan batches)
    {
        OnnxModel compiled = Compile(model, spec);
        batches = BatchPlan.For(compiled, model.Graph.Input, model.Options);
        return SessionSource.Of(compiled);
    }
}
