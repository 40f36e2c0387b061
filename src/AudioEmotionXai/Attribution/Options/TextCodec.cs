namespace AudioEmotionXai;

/// <summary>Any text that is not empty: a tensor's name, a path.</summary>
internal sealed class TextCodec() : OptionCodec<string>("a text", [])
{
    public override string Read(string text) => text.Length > 0 ? text : throw Expected();

    public override string Write(string value) => value;
}
