namespace AudioEmotionXai.Reporting;

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
