namespace AudioEmotionXai;

/// <summary>The test spectrograms that come with the bundled model, four an emotion: what a report without inputs explains.</summary>
public sealed class BundledSamples
{
    private const string Folder = "samples";

    private BundledSamples(FloatTensor spectrograms, int[] labels, string[] names)
    {
        Spectrograms = spectrograms;
        Labels = labels;
        Names = names;
    }

    /// <summary>The spectrograms as the model takes them: (24, 1, 128, 141).</summary>
    public FloatTensor Spectrograms { get; }

    /// <summary>The class of each, as an index into the model's labels.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>The clip that each was made from, such as <c>SM0_anger_68.wav</c>; the recordings themselves are not bundled.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many there are.</summary>
    public int Count => Names.Count;

    /// <summary>Reads the samples from <c>models/samples</c> beside the application or above it.</summary>
    /// <exception cref="FileNotFoundException">They are not there.</exception>
    /// <exception cref="FormatException">A file is damaged, or the files do not belong together.</exception>
    public static BundledSamples Load()
    {
        string table = BundledModel.Find($"{Folder}/samples.csv");
        string[] names = [.. File.ReadLines(table).Skip(1).Select(line => line.Split(',')[1])];
        FloatTensor spectrograms = NpyFile.Read(BundledModel.Find($"{Folder}/spectrograms.npy"));
        int[] labels = NpyFile.ReadInt32(BundledModel.Find($"{Folder}/labels.npy"));
        if (spectrograms.Rank != 4 || spectrograms.Shape[0] != names.Length || labels.Length != names.Length)
            throw new ModelFormatException(
                $"{table}: names {names.Length} clips, but there are {labels.Length} labels and spectrograms of shape {spectrograms}.");
        return new BundledSamples(spectrograms, labels, names);
    }
}
