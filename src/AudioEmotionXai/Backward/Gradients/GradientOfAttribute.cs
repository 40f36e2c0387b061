namespace AudioEmotionXai;

/// <summary>Names the ONNX operators that a <see cref="GradientRule"/> covers.</summary>
/// <param name="operators">Operator types of the standard domain.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class GradientOfAttribute(params string[] operators) : Attribute
{
    public IReadOnlyList<string> Operators => operators;
}
