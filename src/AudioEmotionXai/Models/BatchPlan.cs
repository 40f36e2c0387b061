using AudioEmotionXai.Onnx;
using AudioEmotionXai.Onnx.Shapes;
using AudioEmotionXai.Primitives;
using AudioEmotionXai.Runtime;

namespace AudioEmotionXai.Models;

/// <summary>Splits inputs into batches that fit the memory bound, runs them, and joins the outputs.</summary>
internal sealed class BatchPlan
{
    // A free length (a time axis) counts as this many cells when memory is estimated
    private const long AssumedFreeLength = 256;

    private readonly int? _fixedBatch;

    private BatchPlan(int forwardItems, int? fixedBatch)
    {
        ForwardItems = forwardItems;
        _fixedBatch = fixedBatch;
    }

    public int ForwardItems { get; }

    public static BatchPlan For(ClassifierGraph graph, EmotionModelOptions options)
    {
        if (graph.Input.Shape![0].Value is { } declared)
            return new BatchPlan((int)declared, (int)declared);
        long bytes = 4 * graph.Model.Nodes.SelectMany(node => node.Outputs).Sum(name => CellsPerItem(graph.Shapes.ShapeOf(name)));
        return new BatchPlan((int)Math.Clamp(options.BatchMemoryBytes / Math.Max(1, bytes), 1, options.LargestBatch), null);
    }

    public FloatTensor[] Run(OnnxSession session, FloatTensor input, ReadOnlySpan<int> targets, CancellationToken cancellationToken)
    {
        int items = input.Shape[0];
        if (_fixedBatch is null && items <= ForwardItems)
            return session.Run(input, targets, cancellationToken);
        FloatTensor[]? joined = null;
        for (int start = 0; start < items; start += ForwardItems)
        {
            int count = Math.Min(ForwardItems, items - start);
            FloatTensor[] part = RunPart(session, input.Items(start, count), targets.IsEmpty ? [] : targets.Slice(start, count), cancellationToken);
            joined ??= Array.ConvertAll(part, output => new FloatTensor([items, .. output.Shape[1..]]));
            for (int i = 0; i < part.Length; i++)
                part[i].Items(0, count).Span.CopyTo(joined[i].Items(start, count).Span);
        }

        return joined!;
    }

    private FloatTensor[] RunPart(OnnxSession session, FloatTensor part, ReadOnlySpan<int> targets, CancellationToken cancellationToken)
    {
        int count = part.Shape[0];
        if (_fixedBatch is not { } batch || count == batch)
            return session.Run(part, targets, cancellationToken);
        FloatTensor padded = new([batch, .. part.Shape[1..]]);
        part.Span.CopyTo(padded.Span);
        int[] paddedTargets = targets.IsEmpty ? [] : new int[batch];
        targets.CopyTo(paddedTargets);
        return session.Run(padded, paddedTargets, cancellationToken);
    }

    private static long CellsPerItem(Dim[]? shape)
    {
        long cells = shape is { Length: > 0 } ? 1 : 0;
        for (int axis = 1; axis < shape?.Length; axis++)
            cells *= shape[axis].Value ?? AssumedFreeLength;
        return cells;
    }
}
