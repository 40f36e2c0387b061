namespace AudioEmotionXai.Checkpoints;

/// <summary>The name of something that a pickle refers to, such as <c>collections.OrderedDict</c>: only ever a name, never the
/// thing.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <summary>Module and name, joined with a dot.</summary>
    public string FullName => $"{Module}.{Name}";

    public override string ToString() => FullName;
}
