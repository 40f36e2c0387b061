using System.Linq;
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
