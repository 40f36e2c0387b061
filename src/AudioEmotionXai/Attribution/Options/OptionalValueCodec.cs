namespace AudioEmotionXai;

/// <summary>A value that may be left out: <c>none</c> is null.</summary>
internal sealed class OptionalValueCodec<T>(OptionCodec<T> inner)
    : OptionCodec<T?>($"{inner.Kind}, or none", [.. inner.Choices, .. inner.Choices.Count > 0 ? ["none"] : Array.Empty<string>()])
    where T : struct
{
    public override T? Read(string text) => text == "none" ? null : inner.Read(text);

    public override string Write(T? value) => value is { } present ? inner.Write(present) : "none";
}
