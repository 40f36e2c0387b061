using System.Net;
using System.Text;

namespace AudioEmotionXai.Reporting;

/// <summary>Collects a page; every text that comes from outside is escaped.</summary>
internal sealed class PageText
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup, taken as it is.</summary>
    public PageText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>An element with text in it.</summary>
    public PageText Element(string name, string text, string attributes = "")
    {
        _text
            .Append('<')
            .Append(name)
            .Append(attributes.Length > 0 ? " " : "")
            .Append(attributes)
            .Append('>')
            .Append(Escape(text))
            .Append("</")
            .Append(name)
            .Append(">\n");
        return this;
    }

    /// <summary>Text as HTML shows it.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}

/// <summary>The style sheet and script of the report, held inside the library.</summary>
internal static class PageAssets
{
    /// <summary>The text of one of them.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Reporting.{name}")
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
