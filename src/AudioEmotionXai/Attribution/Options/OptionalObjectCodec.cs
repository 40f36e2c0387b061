namespace AudioEmotionXai;

/// <summary>An object that may be left out: <c>none</c> is null.</summary>
internal sealed class OptionalObjectCodec<T>(OptionCodec<T> inner) : OptionCodec<T?>($"{inner.Kind}, or none", inner.Choices)
    where T : class
{
    public override T? Read(string text) => text == "none" ? null : inner.Read(text);

    public override string Write(T? value) => value is { } present ? inner.Write(present) : "none";
}
