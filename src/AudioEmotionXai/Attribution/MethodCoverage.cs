namespace AudioEmotionXai;

/// <summary>Whether a method, at its default options, applies to a model.</summary>
/// <param name="Method">The method's id.</param>
/// <param name="Reason">Why it does not apply; null where it does.</param>
public sealed record MethodCoverage(string Method, string? Reason);
