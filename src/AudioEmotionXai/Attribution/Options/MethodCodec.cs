namespace AudioEmotionXai;

/// <summary>Another method, which the one that has this option wraps: <c>gradient</c>, or <c>"lrp rules=epsilon"</c>.</summary>
internal sealed class MethodCodec() : OptionCodec<AttributionMethod>("a method's id, or an id with options between blanks", [])
{
    public override AttributionMethod Read(string text) => AttributionMethods.Parse(text);

    public override string Write(AttributionMethod value) => value.ToString();
}
