namespace AudioEmotionXai.Reporting;

/// <summary>The frame of a map's picture with its ticks: seconds below, hertz at the left.</summary>
internal static class MapAxes
{
    /// <summary>Draws frame, ticks and axis titles around a picture's rectangle.</summary>
    public static void Draw(
        IFigureCanvas canvas, double left, double top, double width, double height, int bins, int frames, TimeFrequencyAxes? axes,
        int tickCount = 5)
    {
        canvas.Rectangle(left, top, width, height, "a");
        DrawTime(canvas, left, top + height, width, frames, axes, tickCount);
        DrawFrequency(canvas, left, top, height, bins, axes);
    }

    private static void DrawTime(
        IFigureCanvas canvas, double left, double bottom, double width, int frames, TimeFrequencyAxes? axes, int tickCount)
    {
        double first = axes?.FirstFrameSeconds ?? 0, step = axes?.SecondsPerFrame ?? 1;
        foreach (double tick in AxisTicks.Linear(first, first + ((frames - 0.5) * step), tickCount))
        {
            double x = left + (width * (((tick - first) / step) + 0.5) / frames);
            canvas.Line(x, bottom, x, bottom + 4);
            canvas.Text(x, bottom + 15, AxisTicks.Label(tick), "m", TextAnchor.Middle, 10);
        }

        canvas.Text(left + (width / 2), bottom + 30, axes is not null ? "time (s)" : "frame", "m", TextAnchor.Middle, 10);
    }

    private static void DrawFrequency(IFigureCanvas canvas, double left, double top, double height, int bins, TimeFrequencyAxes? axes)
    {
        bool isHertz = axes is { HasHertz: true };
        double[] ticks = isHertz ? AxisTicks.Hertz(axes!.HertzOf(0), axes.HertzOf(bins - 1)) : AxisTicks.Linear(0, bins - 1, 5);
        double lastY = double.PositiveInfinity;
        foreach (double tick in ticks)
        {
            double bin = isHertz ? BinAt(axes!.BinCentres.Span, tick) : tick;
            double y = top + (height * (1 - ((bin + 0.5) / bins)));
            if (lastY - y < 12)
                continue;
            lastY = y;
            canvas.Line(left - 4, y, left, y);
            canvas.Text(left - 7, y + 3.5, isHertz ? AxisTicks.HertzLabel(tick) : AxisTicks.Label(tick), "m", TextAnchor.End, 10);
        }

        if (!isHertz)
            canvas.Text(left - 34, top + (height / 2), axes is null ? "bin" : "coefficient", "m", TextAnchor.Middle, 10, rotation: -90);
    }

    // The row, with a fraction, of a frequency between the lowest and the highest one.
    private static double BinAt(ReadOnlySpan<double> centres, double hertz)
    {
        int upper = 1;
        while (upper < centres.Length - 1 && centres[upper] < hertz)
            upper++;
        return centres.Length == 1 ? 0 : upper - 1 + ((hertz - centres[upper - 1]) / (centres[upper] - centres[upper - 1]));
    }
}
