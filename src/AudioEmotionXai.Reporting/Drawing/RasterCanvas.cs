namespace AudioEmotionXai.Reporting;

/// <summary>Pixels on white; edges are smoothed by the share of a pixel that they cover.</summary>
internal sealed class RasterCanvas : IFigureCanvas
{
    private readonly byte[] _pixels;
    private readonly int _width, _height, _scale;

    /// <param name="width">In user units.</param>
    /// <param name="height">In user units.</param>
    /// <param name="scale">Pixels per user unit, 1 to 8.</param>
    public RasterCanvas(double width, double height, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 8);
        (_scale, _width, _height) = (scale, (int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
        _pixels = new byte[3 * _width * _height];
        _pixels.AsSpan().Fill(255);
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public byte[] ToPng() => PngWriter.Encode(_width, _height, PngColor.Rgb, _pixels);

    /// <inheritdoc/>
    public void Text(
        double x, double y, string text, string style = "t", TextAnchor anchor = TextAnchor.Start, double size = 11, bool isBold = false,
        double rotation = 0)
    {
        (List<(double X, double Y)[]> strokes, double width) = StrokeFont.Lay(text);
        double unit = _scale * StrokeFont.UnitOf(size);
        double start = anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => -width / 2, _ => -width };
        (double sin, double cos) = Math.SinCos(rotation * Math.PI / 180);
        double radius = unit * (isBold ? 0.62 : 0.45);
        foreach ((double X, double Y)[] stroke in strokes)
        {
            (double X, double Y)[] points = Array.ConvertAll(stroke, point =>
            {
                double along = unit * (start + point.X), up = unit * (point.Y - StrokeFont.Baseline);
                return ((_scale * x) + (along * cos) + (up * sin), (_scale * y) + (along * sin) - (up * cos));
            });
            Fill(points, radius, FigureStyle.OnWhite(style), 1, (px, py) => DistanceToStroke(points, px, py) - radius);
        }
    }

    /// <inheritdoc/>
    public void Line(double x1, double y1, double x2, double y2, string style = "a", double width = 1)
    {
        (double X, double Y)[] ends = [(Snap(x1), Snap(y1)), (Snap(x2), Snap(y2))];
        double radius = width * _scale / 2;
        Fill(ends, radius, FigureStyle.OnWhite(style), 1, (px, py) => DistanceToStroke(ends, px, py) - radius);
    }

    /// <inheritdoc/>
    public void Rectangle(double x, double y, double width, double height, string style, double corner = 0, string? tip = null)
    {
        Line(x, y, x + width, y, style);
        Line(x, y + height, x + width, y + height, style);
        Line(x, y, x, y + height, style);
        Line(x + width, y, x + width, y + height, style);
    }

    /// <inheritdoc/>
    public void Polygon(string style, double opacity, params ReadOnlySpan<(double X, double Y)> points)
    {
        (double X, double Y)[] corners = Array.ConvertAll(points.ToArray(), point => (_scale * point.X, _scale * point.Y));
        Fill(corners, 0, FigureStyle.OnWhite(style), opacity, (px, py) => DistanceToPolygon(corners, px, py));
    }

    /// <inheritdoc/>
    public void Image(double x, double y, double width, double height, MapPicture picture, string description)
    {
        int left = (int)Snap(x), top = (int)Snap(y), right = (int)Snap(x + width), bottom = (int)Snap(y + height);
        for (int row = top; row < bottom; row++)
            for (int column = left; column < right; column++)
            {
                int cellX = (column - left) * picture.Width / (right - left), cellY = (row - top) * picture.Height / (bottom - top);
                Blend(column, row, picture.Palette[picture.Entries[(cellY * picture.Width) + cellX]], 1);
            }
    }

    private double Snap(double value) => Math.Round(value * _scale);

    /// <summary>Paints what lies within a distance; pixels on the edge by the share that is inside.</summary>
    private void Fill(
        (double X, double Y)[] points, double radius, Rgb colour, double opacity, Func<double, double, double> distanceOutside)
    {
        int left = (int)(points.Min(point => point.X) - radius - 1), right = (int)(points.Max(point => point.X) + radius + 1);
        int top = (int)(points.Min(point => point.Y) - radius - 1), bottom = (int)(points.Max(point => point.Y) + radius + 1);
        for (int y = Math.Max(0, top); y <= Math.Min(_height - 1, bottom); y++)
            for (int x = Math.Max(0, left); x <= Math.Min(_width - 1, right); x++)
                Blend(x, y, colour, opacity * Math.Clamp(0.5 - distanceOutside(x + 0.5, y + 0.5), 0, 1));
    }

    private void Blend(int x, int y, Rgb colour, double share)
    {
        Span<byte> pixel = _pixels.AsSpan(3 * ((y * _width) + x), 3);
        pixel[0] = (byte)Math.Round(double.Lerp(pixel[0], colour.Red, share));
        pixel[1] = (byte)Math.Round(double.Lerp(pixel[1], colour.Green, share));
        pixel[2] = (byte)Math.Round(double.Lerp(pixel[2], colour.Blue, share));
    }

    private static double DistanceToStroke((double X, double Y)[] points, double x, double y)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < points.Length; i++)
        {
            (double fromX, double fromY) = points[Math.Max(0, i - 1)];
            double alongX = points[i].X - fromX, alongY = points[i].Y - fromY, squared = (alongX * alongX) + (alongY * alongY);
            double part = squared == 0 ? 0 : Math.Clamp((((x - fromX) * alongX) + ((y - fromY) * alongY)) / squared, 0, 1);
            nearest = Math.Min(nearest, double.Hypot(x - fromX - (part * alongX), y - fromY - (part * alongY)));
        }

        return nearest;
    }

    // Above 0 outside a convex polygon, whichever way its corners turn.
    private static double DistanceToPolygon((double X, double Y)[] corners, double x, double y)
    {
        double turn = Math.Sign(Side(corners[0], corners[1], corners[2].X, corners[2].Y)), outside = double.NegativeInfinity;
        for (int i = 0; i < corners.Length; i++)
            outside = Math.Max(outside, -turn * Side(corners[i], corners[(i + 1) % corners.Length], x, y));
        return outside;
    }

    // How far a point lies from the line through two others; the sign says on which side.
    private static double Side((double X, double Y) from, (double X, double Y) to, double x, double y) =>
        (((to.X - from.X) * (y - from.Y)) - ((to.Y - from.Y) * (x - from.X))) / double.Hypot(to.X - from.X, to.Y - from.Y);
}
