using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>The report as one HTML file: no link to anything outside, and a policy in it that forbids any request.</summary>
internal sealed record ReportPage(string Title, string Lead)
{
    private const string Policy =
        "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    /// <summary>The overview's parts.</summary>
    public IReadOnlyList<PageSection> Sections { get; init; } = [];

    /// <summary>The clips.</summary>
    public IReadOnlyList<PageClip> Clips { get; init; } = [];

    /// <summary>Whether a list of the clips stands before them. Default true.</summary>
    public bool HasClipList { get; init; } = true;

    /// <summary>Where the numbers come from: names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Provenance { get; init; } = [];

    /// <summary>What rows and columns of all maps mean.</summary>
    public TimeFrequencyAxes? Axes { get; init; }

    private bool HasSound => Clips.Any(clip => clip.Sound is not null);

    /// <summary>The page's text.</summary>
    public string Render()
    {
        PageText page = new();
        WriteHead(page);
        page.Raw("<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n");
        WriteTop(page);
        page.Raw("<main id=\"content\">\n").Element("h1", Title).Element("p", Lead, "class=\"lead\"");
        for (int i = 0; i < Sections.Count; i++)
            Sections[i].Write(page, string.Create(CultureInfo.InvariantCulture, $"part-{i}"));
        WriteClipList(page);
        for (int i = 0; i < Clips.Count; i++)
            ClipView.Write(page, Clips[i], i);
        WriteProvenance(page);
        page.Raw("</main>\n<script type=\"application/json\" id=\"data\">")
            .Raw(PageData.Write(this))
            .Raw("</script>\n<script>\n")
            .Raw(HasSound ? PageAssets.Read("sound.js") : "")
            .Raw(PageAssets.Read("report.js"))
            .Raw("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private void WriteHead(PageText page)
    {
        page.Raw(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
                + "initial-scale=1\">\n");
        page.Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n<link rel=\"icon\" href=\"data:,\">\n")
            .Element("title", Title);
        page.Raw($"<style>\n:root{{--fonts:{FigureStyle.FontStack}}}\n")
            .Raw(PageAssets.Read("report.css"))
            .Raw(HasSound ? PageAssets.Read("sound.css") : "");
        page.Raw(FigureStyle.Rules(".figure", isDark: false)).Raw("\n@media (prefers-color-scheme:dark){");
        page.Raw(FigureStyle.Rules(":root:not([data-theme=light]) .figure", isDark: true)).Raw("}\n");
        page.Raw(FigureStyle.Rules(":root[data-theme=dark] .figure", isDark: true)).Raw("\n</style>\n</head>\n");
    }

    private void WriteTop(PageText page)
    {
        page.Raw("<header class=\"top\"><strong>AudioEmotionXai</strong><nav aria-label=\"Report\">");
        for (int i = 0; i < Sections.Count; i++)
            page.Element("a", Sections[i].Title, string.Create(CultureInfo.InvariantCulture, $"href=\"#part-{i}\""));
        if (Clips.Count > 0)
            page.Raw(HasClipList ? "<a href=\"#clips\">Clips</a>" : "<a href=\"#clip-0\">Clip</a>");
        page.Raw(
            "<a href=\"#provenance\">Provenance</a></nav><button id=\"theme\" type=\"button\" data-theme=\"auto\">Theme: "
                + "auto</button></header>\n");
    }

    private void WriteClipList(PageText page)
    {
        if (Clips.Count == 0 || !HasClipList)
            return;
        page.Raw("<nav class=\"card clips\" id=\"clips\" aria-label=\"Clips\">\n").Element("h2", "Clips").Raw("<ul>\n");
        for (int i = 0; i < Clips.Count; i++)
        {
            string said = Clips[i].Labels[Clips[i].Predicted];
            page.Raw("<li>").Element("a", Clips[i].Name, string.Create(CultureInfo.InvariantCulture, $"href=\"#clip-{i}\""));
            page.Element(
                    "span", Clips[i].IsWrong ? $"{Clips[i].Truth}, heard as {said}" : said,
                    Clips[i].IsWrong ? "class=\"badge wrong\"" : "class=\"badge\"")
                .Raw("</li>\n");
        }

        page.Raw("</ul>\n</nav>\n");
    }

    private void WriteProvenance(PageText page)
    {
        page.Raw("<section class=\"card\" id=\"provenance\">\n").Element("h2", "Provenance").Raw("<dl class=\"facts\">\n");
        foreach ((string name, string value) in Provenance)
            page.Element("dt", name).Element("dd", value);
        page.Raw("</dl>\n</section>\n");
    }
}
