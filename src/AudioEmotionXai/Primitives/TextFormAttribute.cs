namespace AudioEmotionXai;

/// <summary>Says how the values of a type are written as text, for the list of options: <c>BINSxFRAMES, such as 16x8</c>.</summary>
/// <param name="form">What the type's <see cref="IParsable{TSelf}"/> reads, in words that follow "takes".</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
internal sealed class TextFormAttribute(string form) : Attribute
{
    /// <summary>What is read.</summary>
    public string Form { get; } = form;
}
