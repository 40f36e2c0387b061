using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>Collects the elements of an SVG figure; all text is escaped, all numbers are invariant, no element needs an
/// identifier.</summary>
internal sealed class SvgCanvas(double width, double height, string title) : IFigureCanvas
{
    private readonly StringBuilder _body = new();

    /// <summary>The figure's width in user units.</summary>
    public double Width { get; } = width;

    /// <summary>The figure's height in user units.</summary>
    public double Height { get; } = height;

    /// <summary>A line of text; <paramref name="style"/> is a class of <see cref="FigureStyle"/>.</summary>
    public void Text(
        double x, double y, string text, string style = "t", TextAnchor anchor = TextAnchor.Start, double size = 11, bool isBold = false,
        double rotation = 0)
    {
        _body
            .Append("<text")
            .Append(Attribute("x", x))
            .Append(Attribute("y", y))
            .Append(Attribute("font-size", size))
            .Append(Attribute("class", style));
        if (anchor != TextAnchor.Start)
            _body.Append(anchor == TextAnchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
        if (isBold)
            _body.Append(" font-weight=\"600\"");
        if (rotation != 0)
            _body.Append(CultureInfo.InvariantCulture, $" transform=\"rotate({Number(rotation)} {Number(x)} {Number(y)})\"");
        _body.Append('>').Append(Escape(text)).Append("</text>\n");
    }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style = "a", double width = 1) =>
        _body
            .Append("<line")
            .Append(Attribute("x1", x1))
            .Append(Attribute("y1", y1))
            .Append(Attribute("x2", x2))
            .Append(Attribute("y2", y2))
            .Append(Attribute("class", style))
            .Append(Attribute("stroke-width", width))
            .Append("/>\n");

    /// <summary>A rectangle; a <paramref name="tip"/> is shown under the pointer and read aloud.</summary>
    public void Rectangle(double x, double y, double width, double height, string style, double corner = 0, string? tip = null)
    {
        _body
            .Append("<rect")
            .Append(Attribute("x", x))
            .Append(Attribute("y", y))
            .Append(Attribute("width", width))
            .Append(Attribute("height", height));
        if (corner > 0)
            _body.Append(Attribute("rx", corner));
        _body.Append(Attribute("class", style));
        _body.Append(tip is null ? "/>\n" : $"><title>{Escape(tip)}</title></rect>\n");
    }

    /// <summary>A filled polygon, such as an arrow head.</summary>
    public void Polygon(string style, double opacity, params ReadOnlySpan<(double X, double Y)> points) =>
        _body
            .Append("<polygon points=\"")
            .Append(Points(points))
            .Append('"')
            .Append(Attribute("class", style))
            .Append(Attribute("opacity", opacity))
            .Append("/>\n");

    /// <summary>A line through points.</summary>
    public void Polyline(string style, double width, params ReadOnlySpan<(double X, double Y)> points) =>
        _body
            .Append("<polyline points=\"")
            .Append(Points(points))
            .Append('"')
            .Append(Attribute("class", style))
            .Append(" stroke-linejoin=\"round\"")
            .Append(Attribute("stroke-width", width))
            .Append("/>\n");

    /// <summary>A picture, stretched to the rectangle without smoothing and held inside the file.</summary>
    public void Image(double x, double y, double width, double height, MapPicture picture, string description) =>
        _body
            .Append("<image")
            .Append(Attribute("x", x))
            .Append(Attribute("y", y))
            .Append(Attribute("width", width))
            .Append(Attribute("height", height))
            .Append(" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" role=\"img\" aria-label=\"")
            .Append(Escape(description))
            .Append("\" href=\"data:image/png;base64,")
            .Append(Convert.ToBase64String(picture.ToPng()))
            .Append("\"/>\n");

    /// <summary>The figure as a file of its own.</summary>
    public string ToFile(FigureTheme theme) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + $"{Open(" xmlns=\"http://www.w3.org/2000/svg\"")}<style>{FigureStyle.ForFile(theme)}</style>\n{Ground()}{_body}</svg>\n";

    /// <summary>The figure as an element of a page whose style sheet holds the rules of <see cref="FigureStyle"/>.</summary>
    public string ToElement() => $"{Open("")}{_body}</svg>\n";

    /// <summary>Text with the five characters that mean something to XML written as entities, and those that XML cannot hold
    /// replaced.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < ' ' or '\uFFFE' or '\uFFFF' => escaped.Append('\uFFFD'),
                _ => escaped.Append(c),
            };
        return escaped.ToString();
    }

    /// <summary>A coordinate, to a hundredth of a unit.</summary>
    public static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private string Open(string names) =>
        $"<svg{names} viewBox=\"0 0 {Number(Width)} {Number(Height)}\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" "
            + $"font-family=\"{FigureStyle.FontStack}\" role=\"img\" aria-label=\"{Escape(title)}\">\n<title>{Escape(title)}</title>\n";

    private string Ground() => $"<rect width=\"{Number(Width)}\" height=\"{Number(Height)}\" class=\"bg\"/>\n";

    private static string Attribute(string name, double value) => $" {name}=\"{Number(value)}\"";

    private static string Attribute(string name, string value) => $" {name}=\"{Escape(value)}\"";

    private static string Points(ReadOnlySpan<(double X, double Y)> points)
    {
        StringBuilder text = new();
        foreach ((double x, double y) in points)
            text.Append(text.Length > 0 ? " " : "").Append(Number(x)).Append(',').Append(Number(y));
        return text.ToString();
    }
}
