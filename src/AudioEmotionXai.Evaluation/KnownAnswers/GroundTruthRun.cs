namespace AudioEmotionXai.Evaluation;

/// <summary>Makes inputs with known answers from a corpus, and measures every method on them.</summary>
internal sealed class GroundTruthRun(AudioClassifier model, Corpus corpus, VerificationOptions options, IReadOnlyList<ClipOutcome> clips)
{
    private const long MosaicPurpose = 51, EventPurpose = 52, PlacePurpose = 53, TiesPurpose = 54;

    private readonly InputGrid _grid = InputGrid.Of(corpus.Input);
    private readonly string[] _names = options.MethodNames();

    /// <summary>Runs the protocol; <paramref name="report"/> is told the inputs done and their number.</summary>
    public GroundTruthTable Run(Action<int, int> report, CancellationToken cancellationToken)
    {
        ClipMixer mixer = new(_grid);
        (ClipOutcome First, ClipOutcome Second)[] pairs =
            ClipPairs.Draw(clips, options.GroundTruth.Mosaics, new KeyedRandom(options.Seed, MosaicPurpose));
        // Too few say nothing, and cost as much as a clip each
        KnownClip[] mosaics = pairs.Length < MeanTest.FewestUnits
            ? []
            : [.. pairs.SelectMany(pair =>
                mixer.Mosaic(ValuesOf(pair.First), pair.First.Predicted, ValuesOf(pair.Second), pair.Second.Predicted))];
        int leftOut = 0;
        KnownClip[] events = mosaics.Length == 0 ? [] : Events(mixer, out leftOut, cancellationToken);
        int[] methods = [.. options.Methods.Index().Where(method => method.Item.Meaning != MapMeaning.Unimportance).Select(m => m.Index)];
        int total = Math.Max(1, mosaics.Length + events.Length);
        KnownMeasure[] onMosaics = Measure(mosaics, methods, done => report(done, total), cancellationToken),
            onEvents = Measure(events, methods, done => report(mosaics.Length + done, total), cancellationToken);
        return new GroundTruthBuilder(options).Build(
            [.. methods.Select(method => _names[method]), MethodTraits.LoudnessName], onMosaics, onEvents, leftOut, pairs.Length);
    }

    private KnownClip[] Events(ClipMixer mixer, out int leftOut, CancellationToken cancellationToken)
    {
        (ClipOutcome Host, ClipOutcome Guest)[] pairs =
            ClipPairs.Draw(clips, options.GroundTruth.Events, new KeyedRandom(options.Seed, EventPurpose));
        MaskedBatch odds = Classifier.Of(model).CollectLogOdds(corpus.Input.Shape, cancellationToken);
        List<KnownClip> planted = [];
        foreach ((ClipOutcome host, ClipOutcome guest) in pairs)
            if (mixer.Plant(
                ValuesOf(host), host.Predicted, ValuesOf(guest), guest.Predicted, options.GroundTruth.EventShare,
                new KeyedRandom(options.Seed, PlacePurpose, host.Clip)) is { } known)
            {
                planted.Add(known);
                odds.Add(ValuesOf(host), guest.Predicted);
                odds.Add(known.Input, guest.Predicted);
            }

        float[] scores = odds.Finish();
        KnownClip[] kept = [.. planted.Where((_, i) => scores[(2 * i) + 1] > scores[2 * i])];
        leftOut = pairs.Length - kept.Length;
        return kept;
    }

    private KnownMeasure[] Measure(KnownClip[] known, int[] methods, Action<int> report, CancellationToken cancellationToken)
    {
        List<KnownMeasure> measures = [];
        for (int start = 0; start < known.Length; start += options.BatchSize)
        {
            report(start);
            KnownClip[] batch = known[start..Math.Min(known.Length, start + options.BatchSize)];
            float[][][] found = [.. methods.Select(method => MapsOf(options.Methods[method], batch, cancellationToken))];
            for (int i = 0; i < batch.Length; i++)
            {
                float[][] maps = [.. found.Select(map => map[i]), _grid.LoudnessOf(batch[i].Input)];
                measures.Add(KnownMeasure.Of(batch[i], maps, new KeyedRandom(options.Seed, TiesPurpose, start + i)));
            }
        }

        report(known.Length);
        return [.. measures];
    }

    // A method that contrasts is asked with the class of the other part, so its clips go by that class
    private float[][] MapsOf(AttributionMethod method, KnownClip[] batch, CancellationToken cancellationToken)
    {
        float[][] maps = new float[batch.Length][];
        foreach (IGrouping<AttributionMethod, int> group in Enumerable.Range(0, batch.Length).GroupBy(i => method.Against(batch[i].Rival)))
        {
            int[] items = [.. group];
            FloatTensor input = new([items.Length, .. corpus.Input.Shape[1..]]);
            for (int i = 0; i < items.Length; i++)
                batch[items[i]].Input.CopyTo(input.Item(i).Span);
            ClassTarget target = ClassTarget.PerItem([.. items.Select(item => batch[item].Target)]);
            AttributionResult result = group.Key.Attribute(model, input, target, cancellationToken: cancellationToken);
            for (int i = 0; i < items.Length; i++)
                maps[items[i]] = InputGrid.MapOf(result[i]).Span.ToArray();
        }

        return maps;
    }

    private ReadOnlySpan<float> ValuesOf(ClipOutcome clip) => corpus.Input.Item(clip.Clip).Span;
}

/// <summary>What the rows' maps of one input say.</summary>
/// <param name="Area">The share of the cells that the place takes.</param>
/// <param name="Mass">By row, the share of positive relevance in the place.</param>
/// <param name="Rank">By row, relevance rank accuracy.</param>
/// <param name="Hit">By row, the pointing game.</param>
internal sealed record KnownMeasure(double Area, double[] Mass, double[] Rank, double[] Hit)
{
    /// <summary>Measures one input.</summary>
    public static KnownMeasure Of(KnownClip clip, float[][] maps, KeyedRandom ties) => new(
        clip.Area, [.. maps.Select(map => clip.MassIn(map))], [.. maps.Select(map => clip.RankIn(map, ties))],
        [.. maps.Select(map => clip.PointIn(map, ties))]);
}
