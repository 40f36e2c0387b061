using System.Globalization;

namespace AudioEmotionXai.Evaluation;

/// <summary>Clips to explain and verify, with their names and, where known, their true classes.</summary>
public sealed class Corpus
{
    private readonly IReadOnlyList<AudioClip?>? _recordings;
    private readonly IReadOnlyList<IReadOnlyList<string>>? _warnings;
    private readonly IReadOnlyList<string>? _groups;
    private readonly IReadOnlyList<CorpusMap> _maps = [];

    /// <summary>A corpus of normalised inputs.</summary>
    /// <param name="input">The clips as the model expects them, such as (N, 1, 128, 141), or (N, samples).</param>
    /// <param name="names">One per clip; null numbers them.</param>
    /// <param name="truths">The true class of each clip, or null where not known.</param>
    /// <exception cref="ArgumentException">There are no clips, or not as many names or truths as clips.</exception>
    public Corpus(FloatTensor input, IReadOnlyList<string>? names = null, IReadOnlyList<int>? truths = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank < 2 || input.Shape[0] == 0)
            throw new ArgumentException(
                $"The input has the shape {input}; expected at least one clip, such as (N, 1, 128, 141).", nameof(input));
        Input = input;
        Names =
            names ?? [.. Enumerable.Range(0, input.Shape[0]).Select(clip => string.Create(CultureInfo.InvariantCulture, $"clip {clip}"))];
        Truths = truths;
        ThrowUnlessPaired(Names.Count, nameof(names));
        ThrowUnlessPaired(Truths?.Count ?? Count, nameof(truths));
    }

    /// <summary>The clips, items first.</summary>
    public FloatTensor Input { get; }

    /// <summary>The number of clips.</summary>
    public int Count => Input.Shape[0];

    /// <summary>The clips' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The clips' true classes, or null where not known.</summary>
    public IReadOnlyList<int>? Truths { get; }

    /// <summary>The recordings that the clips were made from, one per clip, null where there is none; null where there are none at all.
    /// Default null.</summary>
    /// <exception cref="ArgumentException">There are not as many as clips.</exception>
    public IReadOnlyList<AudioClip?>? Recordings
    {
        get => _recordings;
        init
        {
            ThrowUnlessPaired(value?.Count ?? Count, "recordings");
            _recordings = value;
        }
    }

    /// <summary>What is to be known of each clip's recording, such as what of it the model does not hear (see
    /// <see cref="AudioClassifier.ReadInput(string, out IReadOnlyList{string})"/>): a report shows it beside the clip. Default
    /// none.</summary>
    /// <exception cref="ArgumentException">There are not as many as clips.</exception>
    public IReadOnlyList<IReadOnlyList<string>>? Warnings
    {
        get => _warnings;
        init
        {
            ThrowUnlessPaired(value?.Count ?? Count, "warnings");
            _warnings = value;
        }
    }

    /// <summary>The group of each clip, such as its speaker: clips of one group are alike, so intervals and tests are over groups. Default
    /// null: every clip stands for itself.</summary>
    /// <exception cref="ArgumentException">There are not as many as clips.</exception>
    public IReadOnlyList<string>? Groups
    {
        get => _groups;
        init
        {
            ThrowUnlessPaired(value?.Count ?? Count, "groups");
            _groups = value;
        }
    }

    /// <summary>Maps that were made elsewhere, one of each clip: rows of a verification beside its methods. Default none.</summary>
    /// <exception cref="ArgumentException">There are not as many maps as clips, they have another size, or two have one name.</exception>
    public IReadOnlyList<CorpusMap> Maps
    {
        get => _maps;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            InputGrid grid = InputGrid.Of(Input);
            foreach (CorpusMap map in value)
                map.ThrowUnlessFits(Count, grid);
            if (value.GroupBy(map => map.Name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
                throw new ArgumentException($"Two maps are called {repeated.Key}.", nameof(value));
            _maps = value;
        }
    }

    /// <summary>The first clips of each true class, in the order of the classes.</summary>
    /// <param name="count">How many of each class, at least 1.</param>
    /// <exception cref="InvalidOperationException">The truths are not known.</exception>
    public Corpus TakePerClass(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        IReadOnlyList<int> truths =
            Truths ?? throw new InvalidOperationException("Clips can only be taken by class where their true classes are known.");
        return Take([
            .. truths
                .Index()
                .GroupBy(clip => clip.Item)
                .OrderBy(group => group.Key)
                .SelectMany(group => group.Take(count))
                .Select(clip => clip.Index),
        ]);
    }

    /// <summary>Some of the clips, copied.</summary>
    /// <param name="clips">Their numbers, in the order wanted.</param>
    public Corpus Take(IReadOnlyList<int> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return new Corpus(
            ItemsOf(Input, clips), [.. clips.Select(clip => Names[clip])],
            Truths is null ? null : [.. clips.Select(clip => Truths[clip])])
        {
            Recordings = Recordings is null ? null : [.. clips.Select(clip => Recordings[clip])],
            Warnings = Warnings is null ? null : [.. clips.Select(clip => Warnings[clip])],
            Groups = Groups is null ? null : [.. clips.Select(clip => Groups[clip])],
            Maps = [.. Maps.Select(map => map with { Values = ItemsOf(map.Values, clips) })],
        };
    }

    /// <summary>The corpus as a model in the plain order of axes takes it; the same where it has that order.</summary>
    internal Corpus In(PlaneForm form)
    {
        FloatTensor input = form.Turn(Input);
        return ReferenceEquals(input, Input)
            ? this
            : new Corpus(input, Names, Truths) { Recordings = Recordings, Groups = Groups, Maps = Maps };
    }

    /// <summary>One clip as a map: its first channel, its channels as bins where it has no frequency axis, or the decibels that the
    /// front end of a model of samples makes of it.</summary>
    internal TimeFrequencyMap SpectrogramOf(int clip, AudioClassifier model)
    {
        FloatTensor item = Input.Item(clip);
        if (model.TakesSamples)
            return new LogMelExtractor(model.FrontEnd!.OptionsFor(item.Length)).Extract(
                new AudioClip(item.Memory, model.FrontEnd!.Options.SampleRate)).Decibels;
        InputGrid grid = InputGrid.Of(Input);
        return grid.Samples > 0
            ? new TimeFrequencyMap(grid.LoudnessOf(item.Span), grid.Bins, grid.Frames)
            : new TimeFrequencyMap(item.Memory[..grid.Cells], grid.Bins, grid.Frames);
    }

    /// <summary>The number of each clip's group, from 0 in order of appearance; empty where groups are not known.</summary>
    internal int[] Units()
    {
        Dictionary<string, int> numbers = [];
        foreach (string group in Groups ?? [])
            numbers.TryAdd(group, numbers.Count);
        return [.. (Groups ?? []).Select(group => numbers[group])];
    }

    private static FloatTensor ItemsOf(FloatTensor tensor, IReadOnlyList<int> items)
    {
        FloatTensor taken = new([items.Count, .. tensor.Shape[1..]]);
        for (int i = 0; i < items.Count; i++)
            tensor.Item(items[i]).Span.CopyTo(taken.Item(i).Span);
        return taken;
    }

    private void ThrowUnlessPaired(int count, string name)
    {
        if (count != Count)
            throw new ArgumentException($"There are {Count} clips, but {count} {name}.", name);
    }
}
