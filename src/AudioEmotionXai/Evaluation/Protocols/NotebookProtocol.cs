using AudioEmotionXai.Evaluation.Masking;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Evaluation.Protocols;

/// <summary>
/// The notebook's protocol, faithfully: each method's own mask, filled with the clip's mean, against one mask of as many cells drawn
/// at random. Areas differ and one draw is little; <see cref="ControlledProtocol"/> says what it is worth.
/// </summary>
internal static class NotebookProtocol
{
    /// <summary>Adds the clip's masked copies to the batch: the method's mask, then the random one.</summary>
    /// <param name="batch">Takes the copies.</param>
    /// <param name="sample">The clip's values.</param>
    /// <param name="mask">The method's mask.</param>
    /// <param name="target">The class whose probability falls.</param>
    /// <param name="random">Draws the random mask as <c>RandomState.choice(size, n, replace=False)</c> does.</param>
    public static void Add(MaskedBatch batch, ReadOnlySpan<float> sample, ReadOnlySpan<bool> mask, int target, NumPyRandom random)
    {
        float[] fill = new float[sample.Length];
        fill.AsSpan().Fill((float)SampleFill.Mean(sample));
        batch.Add(sample, mask, fill, target);
        bool[] scattered = new bool[mask.Length];
        foreach (int cell in random.Choice(mask.Length, mask.Count(true)))
            scattered[cell] = true;
        batch.Add(sample, scattered, fill, target);
    }
}
