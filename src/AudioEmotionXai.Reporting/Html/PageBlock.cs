namespace AudioEmotionXai.Reporting;

/// <summary>A few sentences under a heading of their own, side by side with others where there is room.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Sentences">One point of a list each.</param>
internal sealed record PageBlock(string Title, IReadOnlyList<string> Sentences)
{
    /// <summary>Writes the block.</summary>
    public void Write(PageText page)
    {
        page.Raw("<div class=\"block\">\n").Element("h3", Title).Raw("<ul>\n");
        foreach (string sentence in Sentences)
            page.Element("li", sentence);
        page.Raw("</ul></div>\n");
    }
}

/// <summary>A number that a reader should see first.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Value">The number, or a word.</param>
/// <param name="Note">What to know about it, small.</param>
internal sealed record PageFact(string Name, string Value, string? Note = null)
{
    /// <summary>Writes the fact as a tile of a list.</summary>
    public void Write(PageText page)
    {
        page.Raw("<div>").Element("dt", Name).Element("dd", Value);
        if (Note is not null)
            page.Element("dd", Note, "class=\"note\"");
        page.Raw("</div>\n");
    }
}

/// <summary>A table of a page: the first <see cref="TextColumns"/> columns are text, the others numbers.</summary>
/// <param name="Caption">What it shows, and how to read it.</param>
/// <param name="Headers">One per column.</param>
/// <param name="Rows">As many cells each as there are headers.</param>
internal sealed record PageTable(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>How many columns are text. Default 1.</summary>
    public int TextColumns { get; init; } = 1;

    /// <summary>Whether the last column is text too. Default false.</summary>
    public bool LastColumnIsText { get; init; }

    /// <summary>Rows written bold.</summary>
    public IReadOnlyList<int> StrongRows { get; init; } = [];

    /// <summary>Writes the table.</summary>
    public void Write(PageText page)
    {
        page.Raw("<div class=\"wide\">").Raw(LastColumnIsText ? "<table class=\"reasons\">\n" : "<table>\n");
        page.Element("caption", Caption).Raw("<thead><tr>");
        for (int column = 0; column < Headers.Count; column++)
            page.Element("th", Headers[column], $"scope=\"col\"{NumberClass(column)}");
        page.Raw("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < Rows.Count; row++)
        {
            page.Raw(StrongRows.Contains(row) ? "<tr class=\"strong\">" : "<tr>");
            for (int column = 0; column < Rows[row].Count; column++)
                page.Element("td", Rows[row][column], NumberClass(column).TrimStart());
            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private string NumberClass(int column) =>
        column < TextColumns || (LastColumnIsText && column == Headers.Count - 1) ? "" : " class=\"n\"";
}
