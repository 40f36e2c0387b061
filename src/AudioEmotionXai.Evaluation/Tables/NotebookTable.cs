using System.Text.Json.Serialization;

namespace AudioEmotionXai.Evaluation;

/// <summary>The notebook's table: per emotion and method the drops with important and random cells, and the "best" method by the mean of
/// efficiencies.</summary>
/// <param name="Rows">Methods by emotions, each method's mean last.</param>
/// <param name="Best">The method with the largest mean efficiency, or null where there is none.</param>
public sealed record NotebookTable([property: JsonPropertyOrder(1)] IReadOnlyList<NotebookRow> Rows, string? Best)
{
    /// <summary>The name of the row that averages over emotions.</summary>
    public const string MeanRow = "mean";

    /// <summary>Makes the table from the drops of clips.</summary>
    internal static NotebookTable Build(IReadOnlyList<MethodTraits> methods, IReadOnlyList<ClipOutcome> clips, IReadOnlyList<string> labels)
    {
        List<NotebookRow> rows = [], means = [];
        for (int method = 0; method < methods.Count; method++)
        {
            List<NotebookRow> emotions = [];
            foreach (IGrouping<int, ClipOutcome> emotion in clips.GroupBy(clip => clip.Emotion).OrderBy(emotion => emotion.Key))
            {
                NotebookDrop[] drops = [.. emotion.Select(clip => clip.Notebook[method])];
                emotions.Add(
                    Row(
                        methods[method], labels[emotion.Key], drops.Length, drops.Average(drop => (double)drop.Important),
                        drops.Average(drop => (double)drop.Random)));
            }

            rows.AddRange(emotions);
            if (emotions.Count > 0)
                means.Add(
                    Row(
                        methods[method], MeanRow, emotions.Sum(row => row.Clips), emotions.Average(row => row.Important),
                        emotions.Average(row => row.Random)));
        }

        return new NotebookTable([.. rows, .. means], means.MaxBy(row => row.Efficiency)?.Method);
    }

    private static NotebookRow Row(MethodTraits method, string emotion, int clips, double important, double random) =>
        new(method.Name, emotion, clips, important, random, method.Direction * (important - random));
}

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
    [JsonPropertyName("effective")]
    public bool IsEffective => Efficiency > 0;
}
