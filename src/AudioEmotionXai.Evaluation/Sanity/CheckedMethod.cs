namespace AudioEmotionXai.Evaluation;

/// <summary>A method, its clips, and the maps so far.</summary>
internal sealed class CheckedMethod(
    AttributionMethod method, FloatTensor input, Prediction[] predictions, int[] clips, int[] few)
{
    private const int SmoothSamples = 10;
    private const float SmoothNoise = 0.1f;
    private const double Level = 0.95;

    private readonly List<float[][]> _heads = [], _ends = [];
    private float[][] _trained = [], _other = [], _smoothTrained = [], _smoothEnd = [];

    private bool IsCheap => method is CompiledMethod;

    private SmoothGrad Smoothed => new() { Inner = method, Samples = SmoothSamples, Noise = SmoothNoise };

    public void ExplainTrained(AudioClassifier model, CancellationToken cancellationToken)
    {
        _trained = Explain(method, model, clips, Target, cancellationToken);
        _other = Explain(method, model, clips, SecondClass, cancellationToken);
        if (IsCheap)
            _smoothTrained = Explain(Smoothed, model, few, Target, cancellationToken);
    }

    public void ExplainRandom(AudioClassifier head, AudioClassifier all, CancellationToken cancellationToken)
    {
        _heads.Add(Explain(method, head, clips, Target, cancellationToken));
        _ends.Add(Explain(method, all, clips, Target, cancellationToken));
        if (IsCheap && _ends.Count == 1)
            _smoothEnd = Explain(Smoothed, all, few, Target, cancellationToken);
    }

    public double CompareStage(AudioClassifier random, CancellationToken cancellationToken) => IsCheap
        ? MapSimilarity.Mean(MapSimilarity.Of(_trained, Explain(method, random, clips, Target, cancellationToken)))
        : double.NaN;

    public SanityRow Row(string name, double[] between, int stages)
    {
        ConfidenceInterval pairs = RandomPairs.Floor(
            (first, second) => MapSimilarity.Of(_ends[first], _ends[second]), _ends.Count, clips.Length, Level);
        SanityJudgement[] places =
        [
            Judge(SanityPlace.Head, _heads, pairs), Judge(SanityPlace.End, _ends, pairs), Judge(SanityPlace.OtherClass, [_other], pairs),
        ];
        double[] similarity = stages == 1 ? [places[1].Similarity] : [places[0].Similarity, .. between, places[1].Similarity];
        return new SanityRow(
            name, clips.Length, pairs, places, similarity,
            MapSimilarity.Mean([.. _ends.SelectMany(end => _trained.Zip(end, MapSimilarity.EntropyRise))]),
            IsCheap ? MapSimilarity.Mean(MapSimilarity.Of(_smoothTrained, _smoothEnd)) : double.NaN,
            _ends.All(end => end.Zip(_trained, (changed, map) => changed.AsSpan().SequenceEqual(map)).All(isSame => isSame)));
    }

    private SanityJudgement Judge(SanityPlace place, IReadOnlyList<float[][]> changed, ConfidenceInterval pairs)
    {
        double similarity = Mean(changed, isSigned: false);
        double kept = pairs.Mean < 1 ? (similarity - pairs.Mean) / (1 - pairs.Mean) : double.NaN;
        return new SanityJudgement(
            place, similarity, Mean(changed, isSigned: true), kept, SanityRule.Judge(place, similarity, pairs));
    }

    private double Mean(IReadOnlyList<float[][]> changed, bool isSigned) =>
        MapSimilarity.Mean([.. changed.SelectMany(maps => MapSimilarity.Of(_trained, maps, isSigned))]);

    private float[][] Explain(
        AttributionMethod explaining, AudioClassifier explained, int[] which, Func<Prediction, int> target,
        CancellationToken cancellationToken)
    {
        FloatTensor some = new([which.Length, .. input.Shape[1..]]);
        for (int i = 0; i < which.Length; i++)
            input.Item(which[i]).Span.CopyTo(some.Item(i).Span);
        ClassTarget targets = ClassTarget.PerItem([.. which.Select(clip => target(predictions[clip]))]);
        AttributionResult result = explaining.Attribute(explained, some, targets, cancellationToken: cancellationToken);
        return [.. which.Select((_, i) => InputGrid.MapOf(result[i]).Span.ToArray())];
    }

    private static int Target(Prediction prediction) => prediction.Index;

    private static int SecondClass(Prediction prediction)
    {
        ReadOnlySpan<float> probabilities = prediction.Values.Span;
        int second = prediction.Index == 0 ? Math.Min(1, probabilities.Length - 1) : 0;
        for (int i = 0; i < probabilities.Length; i++)
            if (i != prediction.Index && probabilities[i] > probabilities[second])
                second = i;
        return second;
    }
}
