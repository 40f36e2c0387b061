namespace AudioEmotionXai;

/// <summary>
/// Renames, describes or hides an option of a method. Without it a public init property <c>KernelWidth</c> is the option
/// <c>kernel-width</c>, described by its documentation summary; an enum's member <c>RightRiemann</c> is the value <c>right-riemann</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MethodOptionAttribute : Attribute
{
    /// <summary>The name in text, where the property's or member's own in lower-case words will not do.</summary>
    public string? Name { get; init; }

    /// <summary>One line with the unit; by default the property's documentation summary.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the property can be set from code only.</summary>
    public bool Hidden { get; init; }
}
