using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AudioEmotionXai;

/// <summary>An extent in mel bins and frames. In text: <c>16x8</c>, bins first.</summary>
/// <param name="Bins">Mel bins, at least 1.</param>
/// <param name="Frames">Frames, at least 1.</param>
[TextForm("BINSxFRAMES, such as 16x8")]
public readonly record struct CellSize(int Bins, int Frames) : IParsable<CellSize>
{
    /// <inheritdoc/>
    public static CellSize Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out CellSize result)
        ? result
        : throw new FormatException($"'{s}' is no extent; BINSxFRAMES was expected, such as 16x8.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CellSize result)
    {
        result = default;
        string[] parts = s?.Split('x') ?? [];
        if (parts.Length != 2 || !TryParse(parts[0], out int bins) || !TryParse(parts[1], out int frames))
            return false;
        result = new CellSize(bins, frames);
        return true;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bins}x{Frames}");

    internal static CellSize Checked(CellSize value, string name) => value.Bins >= 1 && value.Frames >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Both sides must be at least 1.");

    private static bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1;
}
