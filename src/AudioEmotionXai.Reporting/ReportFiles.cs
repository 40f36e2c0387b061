using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>Names and writes the files of a report's folder beside the page.</summary>
internal sealed class ReportFiles(string folder)
{
    /// <summary>Writes a map as <c>maps/003_clip_method.npy</c> and <c>.png</c>.</summary>
    public void WriteMap(int clip, string name, string method, Explanation explanation)
    {
        string path = Path.Combine(folder, "maps", $"{Stem(clip, name)}_{Slug(method)}");
        NpyFile.Write(path + ".npy", explanation.Values);
        AtomicFile.WriteAllBytes(path + ".png", MapImage.ToPng(explanation.Map));
    }

    /// <summary>Writes a clip's figure as <c>figures/003_clip.svg</c> and <c>.png</c>.</summary>
    public void WriteFigure(int clip, string name, ClipFigure figure)
    {
        string path = Path.Combine(folder, "figures", Stem(clip, name));
        AtomicFile.WriteAllText(path + ".svg", figure.ToSvg());
        AtomicFile.WriteAllBytes(path + ".png", figure.ToPng());
    }

    /// <summary>Writes a chart as <c>figures/name.svg</c>.</summary>
    public void WriteChart(string name, SvgCanvas chart) =>
        AtomicFile.WriteAllText(Path.Combine(folder, "figures", name + ".svg"), chart.ToFile(FigureTheme.Automatic));

    /// <summary>Writes a file of the folder itself.</summary>
    public void WriteText(string name, string text) => AtomicFile.WriteAllText(Path.Combine(folder, name), text);

    private static string Stem(int clip, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{clip:000}_{Slug(Path.GetFileNameWithoutExtension(name))}");

    // Letters, digits, dot, minus and underscore are safe in file names everywhere.
    private static string Slug(string name)
    {
        StringBuilder slug = new(name.Length);
        foreach (char c in name)
            slug.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '=' ? c : '_');
        return slug.Length > 80 ? slug.ToString(0, 80) : slug.ToString();
    }
}
