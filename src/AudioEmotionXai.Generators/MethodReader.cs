using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace AudioEmotionXai.Generators;

/// <summary>Reads a record that carries [MethodId] into what the registry needs of it.</summary>
internal static class MethodReader
{
    private const string BaseName = "AudioEmotionXai.AttributionMethod";

    public static MethodModel Read(INamedTypeSymbol type, AttributeData methodId)
    {
        string id = methodId.ConstructorArguments.Length == 1 ? methodId.ConstructorArguments[0].Value as string ?? "" : "";
        string? description = methodId
            .NamedArguments.Where(pair => pair.Key == "Description")
            .Select(pair => pair.Value.Value as string)
            .FirstOrDefault();
        List<Problem> problems = [];
        if (WhyNotAMethod(type) is { } why)
            problems.Add(new Problem(Problem.NotAMethod, SourcePlace.Of(type), type.Name, why));
        List<OptionModel> options = ReadOptions(type, problems);
        return new MethodModel(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            id,
            description ?? DocumentationText.SummaryOf(type),
            SourcePlace.Of(type),
            new EquatableArray<OptionModel>(options),
            new EquatableArray<Problem>(problems));
    }

    private static string? WhyNotAMethod(INamedTypeSymbol type)
    {
        if (!type.IsRecord || !type.IsSealed)
            return "is not a sealed record";
        if (type.IsGenericType || type.ContainingType is not null)
            return "is generic or nested";
        if (!Lineage(type).Any(ancestor => ancestor.ToDisplayString() == BaseName))
            return "does not derive from AttributionMethod";
        return type.InstanceConstructors.Any(constructor =>
            constructor.Parameters.Length == 0 && constructor.DeclaredAccessibility == Accessibility.Public)
            ? null
            : "has no public constructor without parameters: its options are init properties with defaults";
    }

    /// <summary>Public init properties, a base record's before those of the records derived from it.</summary>
    private static List<OptionModel> ReadOptions(INamedTypeSymbol type, List<Problem> problems)
    {
        List<OptionModel> options = [];
        foreach (
            IPropertySymbol property in Lineage(type).Reverse().SelectMany(ancestor => ancestor.GetMembers().OfType<IPropertySymbol>()))
        {
            if (!IsOption(property) || options.Any(option => option.Property == property.Name))
                continue;
            if (OptionCodecs.For(property.Type) is { } codec)
                options.Add(new OptionModel(property.Name, OptionNames.Of(property), OptionNames.DescriptionOf(property), codec));
            else
                problems.Add(
                    new Problem(
                        Problem.UnknownOptionType, SourcePlace.Of(property), $"{type.Name}.{property.Name}",
                        property.Type.ToDisplayString()));
        }

        return options;
    }

    private static bool IsOption(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
        && property.SetMethod is { IsInitOnly: true, DeclaredAccessibility: Accessibility.Public }
        && !OptionNames.IsHidden(property);

    private static IEnumerable<INamedTypeSymbol> Lineage(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
    }
}
