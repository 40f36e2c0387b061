namespace AudioEmotionXai.Reporting;

/// <summary>What a figure with maps is drawn on: an SVG file or pixels. Lengths are in user units, y grows downwards; a style is a class of
/// <see cref="FigureStyle"/>.</summary>
internal interface IFigureCanvas
{
    /// <summary>A line of text, its baseline at <paramref name="y"/>, turned clockwise by degrees around its position.</summary>
    void Text(
        double x, double y, string text, string style = "t", TextAnchor anchor = TextAnchor.Start, double size = 11, bool isBold = false,
        double rotation = 0);

    /// <summary>A straight line.</summary>
    void Line(double x1, double y1, double x2, double y2, string style = "a", double width = 1);

    /// <summary>A rectangle; a <paramref name="tip"/> is shown under the pointer and read aloud, where there is one.</summary>
    void Rectangle(double x, double y, double width, double height, string style, double corner = 0, string? tip = null);

    /// <summary>A filled convex polygon, such as an arrow head.</summary>
    void Polygon(string style, double opacity, params ReadOnlySpan<(double X, double Y)> points);

    /// <summary>A picture, stretched to the rectangle without smoothing.</summary>
    void Image(double x, double y, double width, double height, MapPicture picture, string description);
}

/// <summary>Which end of a text its position names.</summary>
internal enum TextAnchor
{
    /// <summary>The text begins there.</summary>
    Start,

    /// <summary>The text is centred there.</summary>
    Middle,

    /// <summary>The text ends there.</summary>
    End,
}
