using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AudioEmotionXai.Generators;

/// <summary>Picks, for an option's type, the C# expression of the codec that reads it from text and writes it back.</summary>
internal static class OptionCodecs
{
    private const string Codec = "global::AudioEmotionXai.OptionCodec";

    /// <summary>The expression, or null for a type that cannot be read from text.</summary>
    public static string? For(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return ForPlain(nullable.TypeArguments[0]) is { } inner ? $"{Codec}.OptionalValue({inner})" : null;
        string? plain = ForPlain(type);
        return plain is not null && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
            ? $"{Codec}.OptionalObject({plain})"
            : plain;
    }

    private static string? ForPlain(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => $"{Codec}.Int32",
        SpecialType.System_Int64 => $"{Codec}.Int64",
        SpecialType.System_Single => $"{Codec}.Single",
        SpecialType.System_Double => $"{Codec}.Double",
        SpecialType.System_Boolean => $"{Codec}.Boolean",
        SpecialType.System_String => $"{Codec}.Text",
        _ when type.TypeKind == TypeKind.Enum => ForEnum(type),
        _ when Named(type) == "global::AudioEmotionXai.AttributionMethod" => $"{Codec}.Method",
        _ when type.AllInterfaces.Any(face => IsParsableOf(face, type)) => $"{Codec}.Parsable<{Named(type)}>({Literal(FormOf(type))})",
        _ => null,
    };

    private static bool IsParsableOf(INamedTypeSymbol face, ITypeSymbol type) =>
        face.MetadataName == "IParsable`1" && face.ContainingNamespace.ToDisplayString() == "System"
        && SymbolEqualityComparer.Default.Equals(face.TypeArguments[0], type);

    /// <summary>How a value is written, from [TextForm]; a type without it is told by its name.</summary>
    private static string FormOf(ITypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(data => data.AttributeClass?.ToDisplayString() == "AudioEmotionXai.TextFormAttribute")
            ?.ConstructorArguments[0].Value as string ?? $"a {KebabCase.Of(type.Name).Replace('-', ' ')}";

    private static string ForEnum(ITypeSymbol type)
    {
        IEnumerable<string> choices = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)
            .Select(field => $"({Literal(OptionNames.Of(field))}, {Named(type)}.{field.Name})");
        return $"{Codec}.Choice<{Named(type)}>({string.Join(", ", choices)})";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Named(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
