using AudioEmotionXai.Reporting.Drawing;

namespace AudioEmotionXai.Reporting.Html;

/// <summary>A part of a report's overview: text, charts, tables.</summary>
/// <param name="Title">The heading.</param>
internal sealed record PageSection(string Title)
{
    /// <summary>The sentence that answers the section's question; larger than the rest.</summary>
    public string? Verdict { get; init; }

    /// <summary>Paragraphs under it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

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
        foreach (string note in Notes)
            page.Element("p", note, "class=\"note\"");
        if (Charts.Count > 0)
            page.Raw("<div class=\"charts\">\n");
        foreach (SvgCanvas chart in Charts)
            page.Raw("<div class=\"figure\">").Raw(chart.ToElement()).Raw("</div>\n");
        if (Charts.Count > 0)
            page.Raw("</div>\n");
        foreach (PageTable table in Tables)
            table.Write(page);
        if (MoreTables.Count > 0)
        {
            page.Raw("<details><summary>More tables</summary>\n");
            foreach (PageTable table in MoreTables)
                table.Write(page);
            page.Raw("</details>\n");
        }

        page.Raw("</section>\n");
    }
}
