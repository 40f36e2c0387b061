using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>The colours and fonts of figures, as style sheets over the class names that <see cref="SvgCanvas"/> writes.</summary>
internal static class FigureStyle
{
    /// <summary>The fonts of every figure and page: what the system's own windows use.</summary>
    public const string FontStack =
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif";

    /// <summary>How many series colours there are; further series begin again.</summary>
    public const int SeriesCount = 8;

    // Hues far apart under the three common colour-vision deficiencies, and lightness that alternates; the dark theme's are lighter.
    private static readonly string[] s_series = ["#1f68bc", "#e78c08", "#04896a", "#e14660", "#57b8e3", "#693996", "#d5bf36", "#636363"];
    private static readonly string[] s_darkSeries =
        ["#468de5", "#ffa236", "#3fab8b", "#ff6b7e", "#6dcdf9", "#9262c3", "#e5cf4b", "#878787"];

    /// <summary>The style sheet of a figure that stands alone.</summary>
    public static string ForFile(FigureTheme theme) => theme switch
    {
        FigureTheme.Light => Rules("", isDark: false),
        FigureTheme.Dark => Rules("", isDark: true),
        _ => $"{Rules("", isDark: false)}@media (prefers-color-scheme:dark){{{Rules("", isDark: true)}}}",
    };

    /// <summary>The rules of one theme, each selector behind <paramref name="scope"/>.</summary>
    public static string Rules(string scope, bool isDark)
    {
        string ground = isDark ? "#14161a" : "#ffffff";
        string ink = isDark ? "#e8eaee" : "#1b1e24";
        string muted = isDark ? "#a3abb8" : "#5a6372";
        string grid = isDark ? "#2c323c" : "#e3e6eb";
        StringBuilder css = new();
        css.Append(CultureInfo.InvariantCulture, $"{scope} .bg{{fill:{ground}}}{scope} .t{{fill:{ink}}}{scope} .m{{fill:{muted}}}");
        css.Append(
            CultureInfo.InvariantCulture,
            $"{scope} .a{{stroke:{muted};fill:none}}{scope} .g{{stroke:{grid};fill:none}}{scope} .w{{stroke:{ink};fill:none}}");
        for (int i = 0; i < SeriesCount; i++)
            css.Append(
                CultureInfo.InvariantCulture,
                $"{scope} .s{i}{{fill:{SeriesColour(i, isDark)}}}{scope} .l{i}{{stroke:{SeriesColour(i, isDark)};fill:none}}");
        return css.ToString();
    }

    /// <summary>The colour of text (t), or of muted text and axes, on white.</summary>
    public static Rgb OnWhite(string style) => style == "t" ? new(0x1b, 0x1e, 0x24) : new(0x5a, 0x63, 0x72);

    /// <summary>The colour of a series as <c>#rrggbb</c>.</summary>
    public static string SeriesColour(int index, bool isDark) => (isDark ? s_darkSeries : s_series)[index % SeriesCount];
}
