using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>The maps of a batch, as <see cref="AttributionMethod.Attribute"/> returns them: raw and signed, with where they come
/// from.</summary>
public sealed class AttributionResult
{
    internal AttributionResult(AttributionMethod method, AttributionRequest request, AttributionOutcome outcome, TimeSpan elapsed)
    {
        Method = method;
        Map = outcome.Map;
        Targets = request.Targets;
        Predictions = request.Predictions;
        CompletenessGap = outcome.CompletenessGap;
        Details = outcome.Details;
        Warnings = [.. outcome.Warnings, .. MapChecks.WarningsFor(outcome.Map)];
        Elapsed = elapsed;
    }

    /// <summary>The raw maps, not normalised: the input's shape (N,C,…), or (N,1,…) for methods that give one map per item.</summary>
    public FloatTensor Map { get; }

    /// <summary>What the model says about each item.</summary>
    public IReadOnlyList<Prediction> Predictions { get; }

    /// <summary>The class that was explained, per item.</summary>
    public IReadOnlyList<int> Targets { get; }

    /// <summary>The method with its options: where the map comes from.</summary>
    public AttributionMethod Method { get; }

    /// <summary>Per item, how far the map's sum is from the score difference it should explain; null where that is not defined.</summary>
    public IReadOnlyList<double>? CompletenessGap { get; }

    /// <summary>Numbers that the method found beside the map.</summary>
    public IReadOnlyList<AttributionDetail> Details { get; }

    /// <summary>What to know before trusting the map: all zero, constant, not finite, or what the method itself noticed.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>One item's map over bins and frames; channels are added up. A map (N,C,T) without a frequency axis has its channels as
    /// bins.</summary>
    /// <param name="item">0 to the batch's size - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    /// <exception cref="InvalidOperationException">The map has another rank than 3 or 4.</exception>
    public TimeFrequencyMap MapOf(int item)
    {
        FloatTensor one = Map.Item(item);
        return Map.Rank switch
        {
            3 => new TimeFrequencyMap(one.Memory, Map.Shape[1], Map.Shape[2]),
            4 when Map.Shape[1] == 1 => new TimeFrequencyMap(one.Memory, Map.Shape[2], Map.Shape[3]),
            4 => AddUpChannels(one),
            _ => throw new InvalidOperationException($"A map of shape {Map} has no bins and frames."),
        };
    }

    private static TimeFrequencyMap AddUpChannels(FloatTensor item)
    {
        TimeFrequencyMap sum = new(item.Shape[2], item.Shape[3]);
        for (int channel = 0; channel < item.Shape[1]; channel++)
            TensorPrimitives.Add(sum.Span, item.Span.Slice(channel * sum.Count, sum.Count), sum.Span);
        return sum;
    }
}
