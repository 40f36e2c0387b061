using System.Collections;

namespace AudioEmotionXai;

/// <summary>The explanations of a batch, one per clip, as <see cref="AttributionMethod.Attribute"/> returns them.</summary>
/// <example>
/// <code>
/// foreach (Explanation why in new GradCam().Attribute(model, batch))
///     Console.WriteLine($"{why.Prediction.Label}: {why.Target}");
/// </code>
/// </example>
public sealed class AttributionResult : IReadOnlyList<Explanation>
{
    internal AttributionResult(AttributionMethod method, AttributionRequest request, AttributionOutcome outcome, TimeSpan elapsed)
    {
        Method = method;
        Map = outcome.Map;
        Input = request.Input;
        FrontEnd = request.Model.FrontEnd;
        Layout = request.Model.Layout;
        Targets = request.Targets;
        Predictions = request.Predictions;
        CompletenessGap = outcome.CompletenessGap;
        Details = outcome.Details;
        HalfAgreement = outcome.HalfAgreement;
        Warnings =
        [
            .. Predictions.SelectMany(
                (said, item) => said.IsFinite ? [] : said.Warnings.Select(text => new AttributionWarning(item, text))),
            .. outcome.Warnings,
            .. MapChecks.WarningsFor(outcome.Map),
            .. HalfMaps.WarningsFor(outcome.HalfAgreement),
        ];
        Elapsed = elapsed;
    }

    /// <summary>The raw maps, not normalised: the input's shape (N,C,…), or (N,1,…) for methods that give one map per item.</summary>
    public FloatTensor Map { get; }

    /// <summary>What the model says about each item.</summary>
    public IReadOnlyList<Prediction> Predictions { get; }

    /// <summary>The class that was explained, per item.</summary>
    public IReadOnlyList<int> Targets { get; }

    /// <summary>The method with its options: where the maps come from.</summary>
    public AttributionMethod Method { get; }

    /// <summary>Per item, how far the map's sum is from the score difference it should explain; null where that is not defined.</summary>
    public IReadOnlyList<double>? CompletenessGap { get; }

    /// <summary>Per item, how well the maps of two halves of the method's samples agree (<see cref="Explanation.HalfAgreement"/>); NaN
    /// where that is not defined, null for a method that draws no samples.</summary>
    public IReadOnlyList<double>? HalfAgreement { get; }

    /// <summary>Numbers that the method found beside the maps.</summary>
    public IReadOnlyList<AttributionDetail> Details { get; }

    /// <summary>What to know before trusting the maps: all zero, constant, not finite, or what the method itself noticed.</summary>
    public IReadOnlyList<AttributionWarning> Warnings { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The number of clips.</summary>
    public int Count => Map.Shape[0];

    internal FloatTensor Input { get; }

    internal FrontEndContract? FrontEnd { get; }

    internal InputLayout? Layout { get; }

    /// <summary>One clip's explanation.</summary>
    /// <param name="item">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public Explanation this[int item]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(item);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, Count);
            return new Explanation(this, item);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Explanation> GetEnumerator() => Enumerable.Range(0, Count).Select(item => this[item]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>What to know before trusting a map.</summary>
/// <param name="Item">The item of the batch that it is about; null where it is about all of them.</param>
/// <param name="Text">A sentence without its full stop.</param>
public sealed record AttributionWarning(int? Item, string Text)
{
    /// <summary>The item, where there is one, and the text.</summary>
    public override string ToString() => Item is { } item ? FormattableString.Invariant($"item {item}: {Text}") : Text;
}
