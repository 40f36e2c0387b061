namespace AudioEmotionXai.Evaluation;

/// <summary>Adds a clip's masked copies to a batch and remembers where each drop belongs.</summary>
/// <param name="batch">Asks the model for the class's probability.</param>
/// <param name="fills">The clip's fills; an empty one is left out.</param>
/// <param name="target">The class.</param>
internal sealed class ClipMasker(MaskedBatch batch, float[][] fills, int target)
{
    private readonly List<(Memory<float> Drops, int Condition)> _places = [];

    /// <summary>Adds copies for every mask and fill; their drops go to <paramref name="drops"/> by mask, then fill.</summary>
    public void Add(ReadOnlySpan<float> sample, bool[][] masks, Memory<float> drops)
    {
        for (int mask = 0; mask < masks.Length; mask++)
            for (int fill = 0; fill < fills.Length; fill++)
                if (fills[fill].Length > 0)
                {
                    batch.Add(sample, masks[mask], fills[fill], target);
                    _places.Add((drops, (mask * fills.Length) + fill));
                }
    }

    /// <summary>Fills in the drops from the unmasked clip's probability.</summary>
    public void Finish(float probability)
    {
        float[] scores = batch.Finish();
        for (int i = 0; i < scores.Length; i++)
            _places[i].Drops.Span[_places[i].Condition] = probability - scores[i];
    }
}
