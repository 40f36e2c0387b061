namespace AudioEmotionXai.Reporting;

/// <summary>Curves over the share of cells changed: deletion and insertion.</summary>
internal sealed record CurveChart(string Title, string XTitle, string YTitle, IReadOnlyList<Curve> Curves)
{
    /// <summary>A line under the title.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Draws the chart.</summary>
    public SvgCanvas Draw()
    {
        const double Width = 520, Height = 340;
        SvgCanvas canvas = new(Width, Height, Title);
        canvas.Text(16, 24, Title, size: 14, isBold: true);
        canvas.Text(16, 40, Caption, "m", size: 10.5);
        double legend = ChartFrame.DrawLegend(canvas, 16, 60, Width - 32, [.. Curves.Select(curve => curve.Name)]);
        (double low, double high) = Range();
        ChartFrame frame = new(canvas, 64, 58 + legend, Width - 88, Height - 58 - legend - 46, low, high);
        frame.DrawValueAxis(YTitle);
        foreach (double tick in (ReadOnlySpan<double>)[0, 0.2, 0.4, 0.6, 0.8, 1])
            canvas.Text(frame.Left + (tick * frame.Width), frame.Bottom + 16, AxisTicks.Label(tick * 100), "m", TextAnchor.Middle, 10);
        canvas.Text(frame.Left + (frame.Width / 2), frame.Bottom + 33, XTitle, "m", TextAnchor.Middle, 10.5);
        for (int i = 0; i < Curves.Count; i++)
            canvas.Polyline($"l{i % FigureStyle.SeriesCount}", 2, Points(frame, Curves[i].Values));
        return canvas;
    }

    private static (double X, double Y)[] Points(ChartFrame frame, IReadOnlyList<double> values)
    {
        (double X, double Y)[] points = new (double, double)[values.Count];
        for (int i = 0; i < points.Length; i++)
            points[i] = (frame.Left + (frame.Width * i / (points.Length - 1)), frame.Y(values[i]));
        return points;
    }

    private (double Low, double High) Range()
    {
        double low = 0, high = 0;
        foreach (Curve curve in Curves)
            foreach (double value in curve.Values)
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return (low, high);
    }
}

/// <summary>A line of a curve chart: the values at x evenly spaced from 0 to 1.</summary>
/// <param name="Name">The series' name in the legend.</param>
/// <param name="Values">At least two values.</param>
internal sealed record Curve(string Name, IReadOnlyList<double> Values);
