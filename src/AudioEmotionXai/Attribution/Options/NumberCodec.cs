using System.Globalization;
using System.Numerics;

namespace AudioEmotionXai;

/// <summary>Finite numbers, shortest text that reads back; no thousands separators, so that a decimal comma is refused rather than
/// dropped.</summary>
internal sealed class NumberCodec<T>(string kind, NumberStyles styles) : OptionCodec<T>(kind, [])
    where T : INumber<T>
{
    public override T Read(string text) =>
        T.TryParse(text, styles, CultureInfo.InvariantCulture, out T? value) && T.IsFinite(value) ? value : throw Expected();

    public override string Write(T value)
    {
        string text = value.ToString(null, CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text[..exponent]}e{int.Parse(text.AsSpan(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }
}
