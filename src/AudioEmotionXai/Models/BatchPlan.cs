using System.Collections.Concurrent;

namespace AudioEmotionXai;

/// <summary>Splits inputs into batches that fit the memory bound of one graph, runs them, and joins the outputs.</summary>
internal sealed class BatchPlan
{
    // What a run really takes, by what is alive at once: 0.8 (gradcam) to 1.9 (lrp) were measured on the trained model. The runtime's
    // arena does not give back at once, keeps reordered copies, and kernels need room to work in.
    private const int RuntimeFactor = 2;

    private readonly int? _fixedBatch;
    private readonly OnnxModel? _graph;
    private readonly AudioClassifierOptions? _options;
    private readonly ConcurrentDictionary<long, int> _itemsByCells = [];

    private BatchPlan(int items, int? fixedBatch)
    {
        Items = items;
        _fixedBatch = fixedBatch;
    }

    private BatchPlan(OnnxModel graph, AudioClassifierOptions options, bool hasFreeLengths)
    {
        Items = Fitting(graph, options, []);
        if (hasFreeLengths)
            (_graph, _options) = (graph.WithoutWeights(), options);
    }

    /// <summary>The items that run at once, where nothing is known of the lengths of free axes.</summary>
    public int Items { get; }

    /// <summary>The items of a batch's lengths that run at once.</summary>
    public int ItemsFor(FloatTensor input) => _graph is null
        ? Items
        : _itemsByCells.GetOrAdd(input.Length / input.Shape[0], _ => Fitting(_graph, _options!, input.Shape));

    /// <summary>The plan for a graph as it will run, forward or compiled: each has its own peak.</summary>
    public static BatchPlan For(OnnxModel graph, OnnxValueInfo input, AudioClassifierOptions options)
    {
        if (input.Shape![0].Value is { } declared)
            return new BatchPlan((int)declared, (int)declared);
        return new BatchPlan(graph, options, input.Shape.Skip(1).Any(length => length.Value is null));
    }

    private static int Fitting(OnnxModel graph, AudioClassifierOptions options, ReadOnlySpan<int> lengths)
    {
        long items = options.BatchMemoryBytes / RuntimeFactor / ActivationMemory.PeakBytesPerItem(graph, lengths);
        return (int)Math.Clamp(items, 1, options.LargestBatch);
    }

    /// <summary>Runs all items, batch after batch; the callback is told after each how many are done.</summary>
    public FloatTensor[] Run(
        OnnxSession session, FloatTensor input, ReadOnlySpan<int> targets, CancellationToken cancellationToken, Action<int>? done = null)
    {
        int items = input.Shape[0], atOnce = ItemsFor(input);
        FloatTensor[]? joined = null;
        for (int start = 0; start < items; start += atOnce)
        {
            int count = Math.Min(atOnce, items - start);
            FloatTensor[] part = RunPart(
                session, input.Items(start, count), targets.IsEmpty ? [] : targets.Slice(start, count), cancellationToken);
            if (count == items)
                joined = part;
            joined ??= Array.ConvertAll(part, output => new FloatTensor([items, .. output.Shape[1..]]));
            for (int i = 0; i < part.Length && count < items; i++)
                part[i].Span.CopyTo(joined[i].Items(start, count).Span);
            done?.Invoke(start + count);
        }

        return joined!;
    }

    private FloatTensor[] RunPart(OnnxSession session, FloatTensor part, ReadOnlySpan<int> targets, CancellationToken cancellationToken)
    {
        int count = part.Shape[0];
        FloatTensor[] outputs = _fixedBatch is { } batch && count != batch
            ? RunFilledUp(session, part, targets, batch, cancellationToken)
            : session.Run(part, targets, cancellationToken);
        Instruments.CountItems(count, isExplanation: !targets.IsEmpty);
        return outputs;
    }

    /// <summary>Fills a batch of fixed size up with zeros, and cuts the outputs back.</summary>
    private static FloatTensor[] RunFilledUp(
        OnnxSession session, FloatTensor part, ReadOnlySpan<int> targets, int batch, CancellationToken cancellationToken)
    {
        FloatTensor padded = new([batch, .. part.Shape[1..]]);
        part.Span.CopyTo(padded.Span);
        int[] paddedTargets = targets.IsEmpty ? [] : new int[batch];
        targets.CopyTo(paddedTargets);
        FloatTensor[] outputs = session.Run(padded, paddedTargets, cancellationToken);
        int count = part.Shape[0];
        return Array.ConvertAll(outputs, output => new FloatTensor(output.Items(0, count).Memory, [count, .. output.Shape[1..]]));
    }
}
