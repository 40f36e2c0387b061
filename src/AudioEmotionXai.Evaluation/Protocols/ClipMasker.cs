namespace AudioEmotionXai.Evaluation;

/// <summary>Adds a clip's masked copies to a batch and remembers where each drop belongs.</summary>
/// <param name="batch">Asks the model for the class's log-odds.</param>
/// <param name="fills">The clip's fills; an empty one is left out.</param>
/// <param name="target">The class.</param>
/// <param name="drops">Gets the drops.</param>
internal sealed class ClipMasker(MaskedBatch batch, float[][] fills, int target, ClipDrops drops)
{
    private readonly List<(int Line, int Condition)> _places = [];

    /// <summary>Adds copies for every mask and fill; their drops go to <paramref name="line"/> by mask, then fill.</summary>
    public void Add(ReadOnlySpan<float> sample, bool[][] masks, int line)
    {
        for (int mask = 0; mask < masks.Length; mask++)
            for (int fill = 0; fill < fills.Length; fill++)
                if (fills[fill].Length > 0)
                {
                    batch.Add(sample, masks[mask], fills[fill], target);
                    _places.Add((line, (mask * fills.Length) + fill));
                }
    }

    /// <summary>Fills in the drops.</summary>
    /// <param name="logOdds">The log-odds of the unmasked clip.</param>
    public void Finish(double logOdds)
    {
        double probability = LogOdds.ToProbability(logOdds);
        float[] scores = batch.Finish();
        for (int i = 0; i < scores.Length; i++)
        {
            drops.IsFinite &= float.IsFinite(scores[i]);
            drops.Line(_places[i].Line, DropScale.LogOdds)[_places[i].Condition] = (float)(logOdds - scores[i]);
            drops.Line(_places[i].Line, DropScale.Probability)[_places[i].Condition] =
                (float)(probability - LogOdds.ToProbability(scores[i]));
        }
    }
}
