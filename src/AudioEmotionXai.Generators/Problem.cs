using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AudioEmotionXai.Generators;

/// <summary>A reason why a method cannot be registered: reported as a build error at its place.</summary>
internal sealed record Problem(DiagnosticDescriptor Kind, SourcePlace Place, string Name, string Detail)
{
    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "AEX001", "A registered method is a sealed record derived from AttributionMethod", "{0} carries [MethodId] but {1}");

    public static readonly DiagnosticDescriptor UnknownOptionType = Error(
        "AEX002",
        "An option's type can be read from text",
        "The option {0} has the type {1}, which cannot be read from text: use int, long, float, double, bool, string, an enum, "
            + "AttributionMethod, a type with IParsable<T>, or [MethodOption(Hidden = true)]");

    public static readonly DiagnosticDescriptor TakenId = Error(
        "AEX003", "A method's id is its own", "{0} has the id '{1}', which another method has too");

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Kind, Place.ToLocation(), Name, Detail);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "AudioEmotionXai", DiagnosticSeverity.Error, isEnabledByDefault: true);
}

/// <summary>A place in a source file, comparable by value: a <see cref="Location"/> would keep the whole compilation alive.</summary>
internal sealed record SourcePlace(string File, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(ISymbol symbol)
    {
        Location location = symbol.Locations.FirstOrDefault() ?? Location.None;
        return new SourcePlace(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
    }

    public Location ToLocation() => Location.Create(File, Span, Lines);
}
