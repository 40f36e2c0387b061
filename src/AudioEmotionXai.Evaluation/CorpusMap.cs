namespace AudioEmotionXai.Evaluation;

/// <summary>Maps that were made elsewhere, one of each clip of a corpus, measured like our own.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Values">(N, bins, frames) or (N, 1, bins, frames): one value per cell of the model's input; (N, stretches) or (N, samples)
/// where the model takes samples.</param>
/// <param name="Meaning">How the values are to be read. Default: signed, evidence for or against the class.</param>
public sealed record CorpusMap(string Name, FloatTensor Values, MapMeaning Meaning = MapMeaning.Signed)
{
    /// <summary>Checks that there is a map for each clip.</summary>
    internal void ThrowUnlessFits(int clips, InputGrid grid)
    {
        int each = Values.Length / Math.Max(1, Values.Shape[0]);
        bool isPlane = Values.Rank is 3 or 4 && Values.Shape[^2] == grid.Bins && Values.Shape[^1] == grid.Frames && each == grid.Cells;
        bool isTime = grid.Samples > 0 && Values.Rank == 2 && (each == grid.Cells || each == grid.Samples);
        if (Values.Shape[0] != clips || !(isPlane || isTime))
            throw new ArgumentException(
                $"{Name}: the maps have the shape {Values}; expected "
                    + (grid.Samples > 0
                        ? $"({clips}, {grid.Cells}) or ({clips}, {grid.Samples})."
                        : $"({clips}, {grid.Bins}, {grid.Frames})."));
    }

    /// <summary>The map of a clip: one value per cell.</summary>
    internal TimeFrequencyMap MapOf(int clip, InputGrid grid)
    {
        FloatTensor item = Values.Item(clip);
        if (item.Length == grid.Cells)
            return new TimeFrequencyMap(item.Memory, grid.Bins, grid.Frames);
        TimeFrequencyMap map = new(grid.Bins, grid.Frames);
        for (int sample = 0; sample < item.Length; sample++)
            map.Span[grid.CellOf(sample)] += item.Span[sample];
        return map;
    }
}
