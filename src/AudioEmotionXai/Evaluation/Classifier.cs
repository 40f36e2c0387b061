using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Evaluation;

/// <summary>What verification needs of a model: scores for a batch. A seam, so that tests can put models with known answers behind it.</summary>
/// <param name="Probabilities">(N, …) to (N, classes), rows summing to 1.</param>
/// <param name="Logits">(N, …) to (N, classes), before the softmax.</param>
internal sealed record Classifier(
    Func<FloatTensor, CancellationToken, FloatTensor> Probabilities,
    Func<FloatTensor, CancellationToken, FloatTensor> Logits)
{
    /// <summary>A trained model.</summary>
    public static Classifier Of(EmotionModel model) => new(model.Probabilities, model.Logits);
}
