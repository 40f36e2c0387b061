using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>What a similarity means at a place, beside what random pairs reach.</summary>
internal static class SanityRule
{
    /// <summary>
    /// With all weights random, the trained network and a random one share as little as two random ones, so the upper end of random pairs
    /// is the limit. With only the head random, or another class, the layers below are shared: above the limit a map may still keep what
    /// these layers rightly give, so it is flagged only where it is nearer to the unchanged map than to random pairs. A map that is the
    /// same picture is flagged even if random pairs are the same picture too: then nothing that the network learned can show.
    /// </summary>
    public static SanityVerdict Judge(SanityPlace place, double similarity, ConfidenceInterval pairs) =>
        double.IsNaN(similarity) ? SanityVerdict.NotDefined
        : similarity >= SanityRow.SamePicture ? SanityVerdict.Flagged
        : !(pairs.High < SanityRow.SamePicture) ? SanityVerdict.NotDefined
        : similarity <= pairs.High ? SanityVerdict.Passes
        : place != SanityPlace.End && similarity - pairs.Mean < SanityRow.MostKept * (1 - pairs.Mean) ? SanityVerdict.Partly
        : SanityVerdict.Flagged;

    /// <summary>A method's verdict as a sentence's part, with the place that decides it.</summary>
    public static string Describe(SanityRow row)
    {
        if (row.IsModelIndependent)
            return "flagged: its map is the same for every model";
        if (row.Verdict == SanityVerdict.Passes)
            return "passes";
        string word = row.Verdict switch
        {
            SanityVerdict.Flagged => "flagged",
            SanityVerdict.Partly => "partly",
            _ => "not defined",
        };
        string[] places = [.. row.Places.Where(place => place.Verdict == row.Verdict).Select(place => Describe(place, row.RandomPairs))];
        return $"{word}: {string.Join("; ", places)}";
    }

    /// <summary>What the checks found of all methods, in one or a few sentences.</summary>
    public static string Describe(IReadOnlyList<SanityRow> rows)
    {
        if (rows.All(row => row.Passes))
            return "Every method's maps change as much as those of networks that share nothing: with a random head, with random weights "
                + "and for another class.";
        List<string> sentences =
        [
            .. rows.Where(row => row.Verdict == SanityVerdict.Flagged).Select(row => $"{row.Method} is {row.InWords}."),
        ];
        Add("Not defined, which is no pass", SanityVerdict.NotDefined);
        Add("Partly", SanityVerdict.Partly);
        Add("Passes", SanityVerdict.Passes);
        return string.Join(' ', sentences);

        void Add(string word, SanityVerdict verdict)
        {
            string[] found = [.. rows.Where(row => row.Verdict == verdict).Select(row => row.Method)];
            if (found.Length > 0)
                sentences.Add($"{word}: {string.Join(", ", found)}.");
        }
    }

    private static string Describe(SanityJudgement judgement, ConfidenceInterval pairs)
    {
        string place = judgement.Place switch
        {
            SanityPlace.Head => "when the head is random",
            SanityPlace.End => "when all weights are random",
            _ => "when another class is asked for",
        };
        string happens = judgement.Verdict switch
        {
            SanityVerdict.NotDefined when double.IsNaN(judgement.Similarity) => "its maps are constant",
            SanityVerdict.NotDefined => "random pairs are too uneven to tell",
            SanityVerdict.Partly => "a part of its map stays",
            _ when judgement.Similarity >= SanityRow.SamePicture => "its map hardly changes",
            _ when judgement.Place == SanityPlace.End => "too much of its map stays",
            _ => "most of its map stays",
        };
        return $"{happens} {place} ({Number(judgement.Similarity)}; random pairs {Number(pairs.Mean)}, at most {Number(pairs.High)})";
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "not defined" : string.Create(CultureInfo.InvariantCulture, $"{value:0.00}");
}
