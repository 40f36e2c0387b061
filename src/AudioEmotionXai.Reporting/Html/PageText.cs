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
