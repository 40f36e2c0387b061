using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>How numbers and names are written in the report's tables.</summary>
internal static class Words
{
    /// <summary>A drop or an efficiency in percentage points of probability.</summary>
    public static string Points(double value) =>
        double.IsNaN(value) ? "–" : Minus(string.Create(CultureInfo.InvariantCulture, $"{100 * value:+0.0;-0.0;0.0}"));

    /// <summary>An interval in percentage points.</summary>
    public static string Points(ConfidenceInterval interval) =>
        double.IsNaN(interval.Low) ? "–" : $"{Points(interval.Low)} to {Points(interval.High)}";

    /// <summary>A p-value.</summary>
    public static string PValue(double p) =>
        double.IsNaN(p) ? "–"
        : p < 0.001 ? "< 0.001"
        : string.Create(CultureInfo.InvariantCulture, $"{p:0.000}");

    /// <summary>A number of any size.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–" : AxisTicks.Label(value);

    /// <summary>A whole number.</summary>
    public static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A share.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.##} %");

    /// <summary>Parts of a sentence: "a, b and c".</summary>
    public static string List(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>A control's name.</summary>
    public static string Of(MaskControl control) => control == MaskControl.Scattered ? "scattered cells" : "same shape elsewhere";

    private static string Minus(string text) => text.Replace('-', '\u2212');
}
