namespace AudioEmotionXai.Reporting;

/// <summary>A part of a report's overview: text, charts, tables.</summary>
/// <param name="Title">The heading.</param>
internal sealed record PageSection(string Title)
{
    // Wider charts take a row of their own
    private const double HalfWidth = 560;

    /// <summary>The sentence that answers the section's question; larger than the rest.</summary>
    public string? Verdict { get; init; }

    /// <summary>Numbers to see first.</summary>
    public IReadOnlyList<PageFact> Facts { get; init; } = [];

    /// <summary>Paragraphs under it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Tables before the charts.</summary>
    public IReadOnlyList<PageTable> FirstTables { get; init; } = [];

    /// <summary>Lists with headings, side by side where there is room.</summary>
    public IReadOnlyList<PageBlock> Blocks { get; init; } = [];

    /// <summary>Charts, side by side where there is room.</summary>
    public IReadOnlyList<SvgCanvas> Charts { get; init; } = [];

    /// <summary>Tables.</summary>
    public IReadOnlyList<PageTable> Tables { get; init; } = [];

    /// <summary>Tables behind a "more" switch.</summary>
    public IReadOnlyList<PageTable> MoreTables { get; init; } = [];

    /// <summary>Writes the section.</summary>
    public void Write(PageText page, string id)
    {
        page.Raw($"<section class=\"card\" id=\"{id}\">\n").Element("h2", Title);
        if (Verdict is not null)
            page.Element("p", Verdict, "class=\"verdict\"");
        WriteAll(page, Facts, "dl", "tiles", fact => fact.Write(page));
        foreach (string note in Notes)
            page.Element("p", note, "class=\"note\"");
        foreach (PageTable table in FirstTables)
            table.Write(page);
        WriteAll(page, Blocks, "div", "blocks", block => block.Write(page));
        WriteAll(
            page, Charts, "div", "charts",
            chart => page.Raw($"<div class=\"figure{(chart.Width > HalfWidth ? " broad" : "")}\">").Raw(chart.ToElement()).Raw("</div>\n"));
        foreach (PageTable table in Tables)
            table.Write(page);
        WriteAll(page, MoreTables, "details", "more", table => table.Write(page), "<summary>More tables</summary>\n");
        page.Raw("</section>\n");
    }

    private static void WriteAll<T>(PageText page, IReadOnlyList<T> parts, string element, string style, Action<T> write, string head = "")
    {
        if (parts.Count == 0)
            return;
        page.Raw($"<{element} class=\"{style}\">\n{head}");
        foreach (T part in parts)
            write(part);
        page.Raw($"</{element}>\n");
    }
}
