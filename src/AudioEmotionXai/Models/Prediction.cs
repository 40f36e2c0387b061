using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>What a model says of one clip.</summary>
public sealed class Prediction
{
    internal Prediction(ReadOnlySpan<float> logits, IReadOnlyList<string> labels)
    {
        float[] probabilities = Softmax.Of(logits);
        Logits = logits.ToArray();
        Probabilities = probabilities;
        Index = TensorPrimitives.IndexOfMax<float>(probabilities);
        Label = labels[Index];
    }

    /// <summary>The class with the highest probability; the first of them on a tie.</summary>
    public int Index { get; }

    /// <summary>The label of that class.</summary>
    public string Label { get; }

    /// <summary>The probability of that class, 0 to 1.</summary>
    public float Probability => Probabilities.Span[Index];

    /// <summary>The probability of every class; they sum to 1.</summary>
    public ReadOnlyMemory<float> Probabilities { get; }

    /// <summary>The score of every class before the softmax.</summary>
    public ReadOnlyMemory<float> Logits { get; }
}
