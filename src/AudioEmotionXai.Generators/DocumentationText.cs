using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace AudioEmotionXai.Generators;

/// <summary>The summary of a symbol's XML documentation as one plain line.</summary>
internal static class DocumentationText
{
    public static string SummaryOf(ISymbol symbol)
    {
        string? xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml))
            return "";
        try
        {
            XElement? summary = XElement.Parse($"<doc>{xml}</doc>").Descendants("summary").FirstOrDefault();
            return summary is null
                ? ""
                : string.Join(" ", Flatten(summary).Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static string Flatten(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            if (node is XText plain)
                text.Append(plain.Value);
            else if (node is XElement inner)
                text.Append(inner.Nodes().Any() ? Flatten(inner) : NameOf(inner));
        }

        return text.ToString();
    }

    /// <summary>What an empty reference points to: the last part of a cref, a language word, a parameter's name.</summary>
    private static string NameOf(XElement reference)
    {
        string target = (
            (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? ""
        ).Split('(')[0];
        return target.Split('.', ':').Last();
    }
}
