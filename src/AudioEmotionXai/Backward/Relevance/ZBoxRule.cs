namespace AudioEmotionXai;

/// <summary>
/// z-box (z^B): for the first layer of inputs between two bounds, <c>z = xw - low*w⁺ - high*w⁻</c>; the bias cancels. A log-mel spectrogram
/// is such an input. Montavon et al. 2017, doi:10.1016/j.patcog.2016.11.008.
/// </summary>
public sealed record ZBoxRule : LinearRule
{
    /// <summary>The lowest value that the input can have; where null, the smallest value of the item at hand.</summary>
    public float? Low { get; init; }

    /// <summary>The highest value that the input can have; where null, the largest value of the item at hand.</summary>
    public float? High { get; init; }

    internal override IReadOnlyList<LinearTerm> Terms =>
    [
        new(
            1,
            OutputSign.Any,
            new LinearBranch(InputPart.All, WeightPart.Original, true),
            new LinearBranch(InputPart.Low, WeightPart.PositiveOnly.Times(-1), true),
            new LinearBranch(InputPart.High, WeightPart.NegativeOnly.Times(-1), true)),
    ];

    internal override void Propagate(BackwardNode node)
    {
        if (Low > High)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The lowest input value is {Low} and the highest {High}; the first may not be above the second."));
        base.Propagate(node);
    }
}
