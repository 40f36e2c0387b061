using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AudioEmotionXai.Generators;

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
