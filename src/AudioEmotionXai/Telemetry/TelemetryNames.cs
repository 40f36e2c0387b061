namespace AudioEmotionXai;

/// <summary>
/// What the library tells tracing and metrics, through <c>System.Diagnostics</c>: subscribe to <see cref="Source"/> as an activity source
/// and as a meter; the README beside this file lists spans, instruments and tags. While nobody listens, nothing is measured and nothing
/// allocated.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The name of the activity source and of the meter: <c>AudioEmotionXai</c>.</summary>
    public const string Source = "AudioEmotionXai";

    /// <summary>Operation: a model file is read and brought into its canonical form. Tags: model.</summary>
    internal const string Load = "load";

    /// <summary>Operation: a graph is compiled and its session made. Tags: model, program, provider.</summary>
    internal const string Compile = "compile";

    /// <summary>Operation: the plain forward pass of a batch. Tags: model, items, provider.</summary>
    internal const string Predict = "predict";

    /// <summary>Operation: a method explains a batch. Tags: model, method, options, items, provider.</summary>
    internal const string Attribute = "attribute";

    /// <summary>Operation: one batch of a verification is explained and masked. Tags: model, items, provider.</summary>
    internal const string VerifyBatch = "verify-batch";

    /// <summary>Counter, {item}: items that went through a graph. Tag: graph, <c>forward</c> or <c>explanation</c>.</summary>
    internal const string ForwardItems = "audioemotionxai.forward.items";

    /// <summary>Counter, {explanation}: items that were explained. Tag: method.</summary>
    internal const string Explanations = "audioemotionxai.explanations";

    /// <summary>Histogram, s: how long operations take. Tags: operation, outcome (<c>done</c>, <c>cancelled</c> or <c>failed</c>), and
    /// method where there is one.</summary>
    internal const string Duration = "audioemotionxai.operation.duration";

    /// <summary>Counter, {operation}: operations that were cancelled. Tag: operation.</summary>
    internal const string Cancelled = "audioemotionxai.operation.cancelled";

    /// <summary>Counter, {operation}: operations that ended in an error. Tags: operation, error.type.</summary>
    internal const string Failures = "audioemotionxai.operation.failures";
}
