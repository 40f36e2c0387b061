using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Bars in groups, one colour per series, whiskers for the intervals: drops and efficiencies per emotion.</summary>
internal sealed record BarChart(string Title, string ValueTitle, IReadOnlyList<string> Groups, IReadOnlyList<string> Series)
{
    /// <summary>The bars by group, then series.</summary>
    public required Bar[,] Bars { get; init; }

    /// <summary>A line under the title: what is drawn, and what the whiskers are.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The series colour that the first series takes; another than 0 where series are not methods. Default 0.</summary>
    public int FirstColour { get; init; }

    /// <summary>Draws the chart.</summary>
    public SvgCanvas Draw()
    {
        double width = Math.Clamp(120 + (Groups.Count * ((Series.Count * 20) + 26)), 420, 1080);
        SvgCanvas canvas = new(width, 340, Title);
        canvas.Text(16, 24, Title, size: 14, isBold: true);
        canvas.Text(16, 40, Caption, "m", size: 10.5);
        double legend = ChartFrame.DrawLegend(canvas, 16, 60, width - 32, Series, FirstColour);
        (double low, double high) = Range();
        ChartFrame frame = new(canvas, 64, 58 + legend, width - 80, 340 - 58 - legend - 34, low, high);
        frame.DrawValueAxis(ValueTitle);
        for (int group = 0; group < Groups.Count; group++)
            DrawGroup(canvas, frame, group);
        return canvas;
    }

    private void DrawGroup(SvgCanvas canvas, ChartFrame frame, int group)
    {
        double span = frame.Width / Groups.Count, left = frame.Left + (group * span), step = span * 0.8 / Series.Count;
        canvas.Text(left + (span / 2), frame.Bottom + 18, Groups[group], anchor: TextAnchor.Middle, size: 11);
        for (int series = 0; series < Series.Count; series++)
        {
            Bar bar = Bars[group, series];
            if (double.IsNaN(bar.Value))
                continue;
            double x = left + (span * 0.1) + (series * step),
                zero = frame.Y(0),
                y = frame.Y(bar.Value);
            canvas.Rectangle(
                x + 1, Math.Min(zero, y), Math.Max(1, step - 2), Math.Max(0.5, Math.Abs(zero - y)),
                $"s{(FirstColour + series) % FigureStyle.SeriesCount}", 1, Tip(group, series, bar));
            DrawWhisker(canvas, frame, x + (step / 2), Math.Min(4, step / 4), bar);
        }
    }

    private static void DrawWhisker(SvgCanvas canvas, ChartFrame frame, double x, double half, Bar bar)
    {
        if (double.IsNaN(bar.Low) || double.IsNaN(bar.High))
            return;
        double low = frame.Y(bar.Low), high = frame.Y(bar.High);
        canvas.Line(x, low, x, high, "w", 1.2);
        canvas.Line(x - half, low, x + half, low, "w", 1.2);
        canvas.Line(x - half, high, x + half, high, "w", 1.2);
    }

    private string Tip(int group, int series, Bar bar)
    {
        string interval = double.IsNaN(bar.Low)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({bar.Low:0.0##} to {bar.High:0.0##})");
        return string.Create(CultureInfo.InvariantCulture, $"{Groups[group]}, {Series[series]}: {bar.Value:0.0##}{interval}");
    }

    private (double Low, double High) Range()
    {
        double low = 0, high = 0;
        foreach (Bar bar in Bars)
            foreach (double value in (ReadOnlySpan<double>)[bar.Value, bar.Low, bar.High])
                if (double.IsFinite(value))
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return (low, high);
    }
}

/// <summary>A bar with the ends of its confidence interval; NaN where there is no number.</summary>
internal readonly record struct Bar(double Value, double Low, double High);
