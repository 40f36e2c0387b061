using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>A whole recording as one figure: the emotions' probabilities stacked, and under them the relevance, over the same
/// time.</summary>
/// <remarks>A long recording has more steps than a figure has columns: each column then shows the mean of its steps.</remarks>
/// <param name="Title">The recording's name and the method.</param>
/// <param name="Timeline">What is drawn.</param>
public sealed record TimelineFigure(string Title, RecordingTimeline Timeline)
{
    private const double Width = 1000, Left = 64, PlotWidth = Width - Left - 24, StackHeight = 220, RelevanceHeight = 90, Gap = 34;
    private const int MostColumns = 900;

    /// <summary>The figure as the text of an SVG file.</summary>
    /// <param name="theme">The background. Default: as the viewer prefers.</param>
    public string ToSvg(FigureTheme theme = FigureTheme.Automatic) => Draw().ToFile(theme);

    internal SvgCanvas Draw()
    {
        int[] shown = ShownClasses.Of(Timeline.Labels.Count, MeanOf);
        float[][] columns = Columns(shown);
        string[] names = [.. shown.Select(label => Timeline.Labels[label])];
        if (ShownClasses.LeftOut(Timeline.Labels.Count) is { } leftOut)
            names = [.. names, leftOut];
        double legend = ChartFrame.DrawLegend(new SvgCanvas(Width, 1, ""), 16, 0, Width - 32, names);
        double top = 48 + legend, bottom = top + StackHeight + Gap + RelevanceHeight;
        SvgCanvas canvas = new(Width, bottom + 46, Title);
        canvas.Text(16, 26, Title, size: 15, isBold: true);
        ChartFrame.DrawLegend(canvas, 16, 50, Width - 32, names);
        DrawProbabilities(canvas, columns, top);
        DrawRelevance(canvas, columns, top + StackHeight + Gap);
        DrawTimes(canvas, top, bottom);
        return canvas;
    }

    private float MeanOf(int label)
    {
        double sum = 0;
        for (int step = 0; step < Timeline.Count; step++)
            sum += Timeline.ProbabilitiesAt(step).Span[label];
        return (float)(sum / Timeline.Count);
    }

    /// <summary>For every column the shown classes' probabilities and, last, the relevance.</summary>
    private float[][] Columns(int[] shown)
    {
        int count = Math.Min(Timeline.Count, MostColumns), labels = shown.Length;
        float[][] columns = new float[count][];
        for (int column = 0; column < count; column++)
        {
            int first = (int)((long)column * Timeline.Count / count), next = (int)((column + 1L) * Timeline.Count / count);
            float[] sums = columns[column] = new float[labels + 1];
            for (int step = first; step < next; step++)
            {
                for (int label = 0; label < labels; label++)
                    sums[label] += Timeline.ProbabilitiesAt(step).Span[shown[label]] / (next - first);
                sums[labels] += Timeline.Relevance.Span[step] / (next - first);
            }
        }

        return columns;
    }

    private static void DrawProbabilities(SvgCanvas canvas, float[][] columns, double top)
    {
        double[] floor = new double[columns.Length];
        for (int label = 0; label < columns[0].Length - 1; label++)
        {
            double[] ceiling = [.. columns.Select((column, i) => Math.Min(1, floor[i] + column[label]))];
            canvas.Polygon(
                $"s{label % FigureStyle.SeriesCount}", 0.85, Outline(floor, ceiling, value => top + (StackHeight * (1 - value))));
            floor = ceiling;
        }

        ChartFrame frame = new(canvas, Left, top, PlotWidth, StackHeight, 0, 1 / 1.04);
        frame.DrawValueAxis("probability");
    }

    private static void DrawRelevance(SvgCanvas canvas, float[][] columns, double top)
    {
        double[] values = [.. columns.Select(column => (double)column[^1])];
        ChartFrame frame = new(canvas, Left, top, PlotWidth, RelevanceHeight, 0, values.Max());
        frame.DrawValueAxis("relevance");
        canvas.Polygon("m", 0.6, Outline(new double[values.Length], values, frame.Y));
        canvas.Text(Left, top - 6, "1: as much as the rest of its surroundings", "m", size: 10);
    }

    /// <summary>An area between two curves; a column is a step, as wide as it is.</summary>
    private static (double X, double Y)[] Outline(double[] low, double[] high, Func<double, double> place)
    {
        (double X, double Y)[] points = new (double, double)[4 * low.Length];
        double column = PlotWidth / low.Length;
        for (int i = 0; i < low.Length; i++)
        {
            (double left, double right) = (Left + (i * column), Left + ((i + 1) * column));
            (points[2 * i], points[(2 * i) + 1]) = ((left, place(high[i])), (right, place(high[i])));
            (points[^((2 * i) + 1)], points[^((2 * i) + 2)]) = ((left, place(low[i])), (right, place(low[i])));
        }

        return points;
    }

    private void DrawTimes(SvgCanvas canvas, double top, double bottom)
    {
        foreach (double seconds in TimeTicks.Of(Timeline.Seconds, 10))
        {
            double x = Left + (PlotWidth * seconds / Timeline.Seconds);
            canvas.Line(x, top, x, bottom, "g", 0.5);
            canvas.Line(x, bottom, x, bottom + 4);
            canvas.Text(x, bottom + 17, TimeTicks.Label(seconds, Timeline.Seconds), "m", TextAnchor.Middle, 10);
        }

        canvas.Text(
            Left + (PlotWidth / 2), bottom + 35, string.Create(CultureInfo.InvariantCulture, $"time ({TimeTicks.Unit(Timeline.Seconds)})"),
            "m", TextAnchor.Middle, 10.5);
    }
}
