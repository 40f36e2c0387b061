using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace AudioEmotionXai.Generators;

/// <summary>How a property or an enum's member is called on the command line, and whether it is offered there.</summary>
internal static class OptionNames
{
    public static string Of(ISymbol symbol) => Argument(symbol, "Name")?.Value as string ?? KebabCase.Of(symbol.Name);

    public static string DescriptionOf(ISymbol symbol) =>
        Argument(symbol, "Description")?.Value as string ?? DocumentationText.SummaryOf(symbol);

    public static bool IsHidden(ISymbol symbol) => Argument(symbol, "Hidden")?.Value is true;

    private static TypedConstant? Argument(ISymbol symbol, string name)
    {
        AttributeData? attribute = symbol.GetAttributes().FirstOrDefault(data =>
            data.AttributeClass?.ToDisplayString() == "AudioEmotionXai.MethodOptionAttribute");
        return attribute?.NamedArguments.Where(pair => pair.Key == name).Select(pair => (TypedConstant?)pair.Value).FirstOrDefault();
    }
}

/// <summary>C# names as the command line writes them: <c>GaussLegendre</c> is <c>gauss-legendre</c>, <c>Alpha2Beta1</c> is
/// <c>alpha2-beta1</c>.</summary>
internal static class KebabCase
{
    public static string Of(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && StartsWord(name, i))
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}

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
