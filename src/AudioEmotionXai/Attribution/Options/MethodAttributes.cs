namespace AudioEmotionXai;

/// <summary>
/// Puts a sealed record derived from <see cref="AttributionMethod"/> into the registry <see cref="AttributionMethods"/> under an id:
/// the name that reports and the command line use.
/// </summary>
/// <remarks>
/// The registry is written at compile time from the records that carry this attribute: nothing else needs to be edited for a new method.
/// Its summary is the first documentation line of the record unless <see cref="Description"/> says otherwise; its options are the public
/// init properties (see <see cref="MethodOptionAttribute"/>).
/// </remarks>
/// <param name="id">Lower-case words joined by hyphens, such as <c>integrated-gradients</c>; unique.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MethodIdAttribute(string id) : Attribute
{
    /// <summary>The name that reports and the command line use.</summary>
    public string Id { get; } = id;

    /// <summary>One line that says what the method shows; by default the record's documentation summary.</summary>
    public string? Description { get; init; }
}

/// <summary>
/// Renames, describes or hides an option of a method. Without it a public init property <c>KernelWidth</c> is the option
/// <c>kernel-width</c>, described by its documentation summary; an enum's member <c>RightRiemann</c> is the value <c>right-riemann</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class MethodOptionAttribute : Attribute
{
    /// <summary>The name in text, where the property's or member's own in lower-case words will not do.</summary>
    public string? Name { get; init; }

    /// <summary>One line with the unit; by default the property's documentation summary.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the property can be set from code only.</summary>
    public bool Hidden { get; init; }
}
