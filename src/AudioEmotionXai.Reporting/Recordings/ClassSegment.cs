using System.Globalization;
using System.Text.Json.Serialization;

namespace AudioEmotionXai.Reporting;

/// <summary>A stretch of a recording over which one class stays the most probable.</summary>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Index">The class, as an index into the model's labels.</param>
/// <param name="Label">Its label.</param>
/// <param name="Probability">Its mean probability over the stretch.</param>
public sealed record ClassSegment(double Start, double End, [property: JsonIgnore] int Index, string Label, double Probability)
{
    /// <summary>The stretch as a label: the class and its probability.</summary>
    public TimeLabel ToLabel() => new(Start, End, string.Create(CultureInfo.InvariantCulture, $"{Label} {Probability:0 %}"));
}
