using System.Globalization;
using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Holds a method to the shape it promised, and says when a map carries no information.</summary>
internal static class MapChecks
{
    public static void ThrowIfMisshapen(AttributionMethod method, FloatTensor input, FloatTensor map)
    {
        bool fits = map.Rank == input.Rank;
        for (int axis = 0; fits && axis < map.Rank; axis++)
            fits = map.Shape[axis] == input.Shape[axis] || (axis > 0 && map.Shape[axis] == 1);
        if (!fits)
            throw new InvalidOperationException(
                $"The method '{method}' made a map of shape {map} for an input of shape {input}; its shape must be the input's, or that "
                    + $"with one cell along some axes, such as one channel.");
    }

    /// <summary>A sentence for every item whose map is zero, constant or not finite.</summary>
    public static List<AttributionWarning> WarningsFor(FloatTensor map)
    {
        List<AttributionWarning> warnings = [];
        for (int item = 0; item < map.Shape[0]; item++)
            if (WarningFor(map.Item(item).Span) is { } warning)
                warnings.Add(new AttributionWarning(item, warning));
        return warnings;
    }

    private static string? WarningFor(ReadOnlySpan<float> map)
    {
        int bad = FiniteCheck.IndexOfNotFinite(map);
        if (bad >= 0)
            return string.Create(CultureInfo.InvariantCulture, $"the map holds a value that is not finite ({map[bad]} at position {bad})");
        float first = map[0];
        if (TensorPrimitives.Max(map) != first || TensorPrimitives.Min(map) != first)
            return null;
        return first == 0
            ? "the map is zero everywhere: the method found nothing that speaks for the target class"
            : string.Create(CultureInfo.InvariantCulture, $"the map is {first} everywhere: it tells no cell from another");
    }
}
