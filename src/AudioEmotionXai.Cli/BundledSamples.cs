namespace AudioEmotionXai.Cli;

/// <summary>The test spectrograms that come with the bundled model: what a report without inputs explains.</summary>
internal static class BundledSamples
{
    /// <summary>Reads the samples from <c>models/samples</c> beside the tool or above it: 24 clips, 4 of each emotion, with names and
    /// truths; the recordings themselves are not bundled.</summary>
    /// <exception cref="FileNotFoundException">They are not there.</exception>
    /// <exception cref="FormatException">A file is damaged, or the files do not belong together.</exception>
    public static Corpus Load()
    {
        string table = BundledModel.Find("samples/samples.csv");
        string[] names = [.. File.ReadLines(table).Skip(1).Select(line => line.Split(',')[1])];
        FloatTensor spectrograms = NpyFile.Read(BundledModel.Find("samples/spectrograms.npy"));
        int[] labels = NpyFile.ReadInt32(BundledModel.Find("samples/labels.npy"));
        if (spectrograms.Rank != 4 || spectrograms.Shape[0] != names.Length || labels.Length != names.Length)
            throw new ModelFormatException(
                $"{table}: names {names.Length} clips, but there are {labels.Length} labels and spectrograms of shape {spectrograms}.");
        return new Corpus(spectrograms, names, labels);
    }
}
