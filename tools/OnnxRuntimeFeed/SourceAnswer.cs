namespace OnnxRuntimeFeed;

/// <summary>What the configured package sources say about ONNX Runtime; not known when they could not be asked.</summary>
internal sealed record SourceAnswer(bool Offered, bool Known, string Text)
{
    public static SourceAnswer Lacking { get; } = new(false, true, "the configured package sources lack its packages.");
}
