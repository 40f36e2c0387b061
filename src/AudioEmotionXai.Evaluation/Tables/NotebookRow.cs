namespace AudioEmotionXai.Evaluation;

/// <summary>The notebook's numbers for a method and an emotion (or the mean over emotions).</summary>
/// <param name="Method">The method.</param>
/// <param name="Emotion">The emotion, or "mean": the mean of the emotions' means.</param>
/// <param name="Clips">How many clips stand behind it.</param>
/// <param name="Important">The mean drop with the method's mask; for silence, with the silent cells.</param>
/// <param name="Random">The mean drop with the random mask.</param>
/// <param name="Efficiency">Important minus random; random minus silence for a map of unimportance.</param>
public sealed record NotebookRow(string Method, string Emotion, int Clips, double Important, double Random, double Efficiency)
{
    /// <summary>What the notebook calls effective: masking the important cells hurts more than masking random ones (for silence:
    /// less).</summary>
    public bool IsEffective => Efficiency > 0;
}
