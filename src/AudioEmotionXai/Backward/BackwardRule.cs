namespace AudioEmotionXai;

/// <summary>
/// How a signal (a gradient, or relevance) passes back through one operator: given what arrives at the outputs, it emits ONNX
/// nodes for what each input gets. Rules are values: equal rules compile to equal programs.
/// </summary>
public abstract record BackwardRule
{
    private protected BackwardRule()
    {
    }

    internal abstract void Emit(BackwardNode node);
}
