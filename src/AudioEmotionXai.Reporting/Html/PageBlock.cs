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
