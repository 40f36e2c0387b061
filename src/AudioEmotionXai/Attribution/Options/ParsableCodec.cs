using System.Globalization;

namespace AudioEmotionXai;

/// <summary>A type that reads itself from text; its <c>ToString</c> must write what it reads.</summary>
internal sealed class ParsableCodec<T>(string form) : OptionCodec<T>(form, [])
    where T : IParsable<T>
{
    public override T Read(string text) => T.Parse(text, CultureInfo.InvariantCulture);

    public override string Write(T value) =>
        value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? "";
}
