namespace AudioEmotionXai.Evaluation;

/// <summary>The rows of a run's tables: methods and the corpus's maps, then references.</summary>
internal sealed class VerificationRows
{
    /// <summary>The rows of a run.</summary>
    public VerificationRows(AudioClassifier model, Corpus corpus, VerificationOptions options)
    {
        Measured = options.Traits(corpus);
        MethodTraits[] random = !options.Controlled.RandomNetworks || WeightRandomizer.LayersFromTheHead(model.Source).Length == 0
            ? []
            : [.. Measured.Take(options.Methods.Count).Where(row => row.UsesModel).Select(row => row.OnRandomNetwork())];
        All = [.. Measured, MethodTraits.Loudness(), .. random];
    }

    /// <summary>Methods and maps.</summary>
    public IReadOnlyList<MethodTraits> Measured { get; }

    /// <summary>Methods, maps, the clip's loudness, and the methods on random networks.</summary>
    public IReadOnlyList<MethodTraits> All { get; }

    /// <summary>How many rows, from the first, have controls of their own.</summary>
    public int Controlled => Measured.Count + 1;

    /// <summary>The names of methods and maps.</summary>
    public string[] Names => [.. Measured.Select(row => row.Name)];
}
