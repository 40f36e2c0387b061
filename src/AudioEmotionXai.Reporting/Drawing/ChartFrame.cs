namespace AudioEmotionXai.Reporting;

/// <summary>The plotting area of a chart: a value axis with grid lines, and the place of a value on it.</summary>
internal sealed class ChartFrame
{
    private readonly SvgCanvas _canvas;

    /// <summary>A frame over the values, zero included, a little room at both ends.</summary>
    public ChartFrame(SvgCanvas canvas, double left, double top, double width, double height, double low, double high)
    {
        _canvas = canvas;
        (Left, Top, Width, Height) = (left, top, width, height);
        low = Math.Min(0, double.IsFinite(low) ? low : 0);
        high = Math.Max(0, double.IsFinite(high) ? high : 0);
        double room = high > low ? 0.04 * (high - low) : 1;
        Low = low < 0 ? low - room : 0;
        High = high > 0 ? high + room : (low < 0 ? 0 : room);
    }

    public double Left { get; }

    public double Top { get; }

    public double Width { get; }

    public double Height { get; }

    public double Bottom => Top + Height;

    public double Right => Left + Width;

    private double Low { get; }

    private double High { get; }

    /// <summary>The vertical place of a value.</summary>
    public double Y(double value) => Top + (Height * (High - value) / (High - Low));

    /// <summary>Draws grid, numbers and the axis title.</summary>
    public void DrawValueAxis(string title)
    {
        foreach (double tick in AxisTicks.Linear(Low, High, 5))
        {
            double y = Y(tick);
            _canvas.Line(Left, y, Right, y, tick == 0 ? "a" : "g");
            _canvas.Text(Left - 7, y + 3.5, AxisTicks.Label(tick), "m", TextAnchor.End, 10);
        }

        _canvas.Text(Left - 44, Top + (Height / 2), title, "m", TextAnchor.Middle, 10.5, rotation: -90);
    }

    /// <summary>Names the series under the title, each with its colour, wrapped to the frame's width; returns the height used.</summary>
    public static double DrawLegend(
        SvgCanvas canvas, double left, double top, double width, IReadOnlyList<string> names, int firstColour = 0)
    {
        double x = left, y = top;
        for (int i = 0; i < names.Count; i++)
        {
            double need = 26 + (6.4 * names[i].Length);
            if (x > left && x + need > left + width)
                (x, y) = (left, y + 17);
            canvas.Rectangle(x, y - 9, 10, 10, $"s{(firstColour + i) % FigureStyle.SeriesCount}", 2);
            canvas.Text(x + 15, y, names[i], size: 11);
            x += need;
        }

        return y - top + 17;
    }
}
