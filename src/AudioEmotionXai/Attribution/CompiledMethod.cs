using AudioEmotionXai.Backward;
using AudioEmotionXai.Models;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Attribution;

/// <summary>
/// A method that is one run of a compiled graph: gradients, the CAM family, LRP. It can be saved as a plain ONNX file that explains
/// without this library.
/// </summary>
public abstract record CompiledMethod : AttributionMethod
{
    /// <summary>The graph to compile; equal specifications share one compiled program.</summary>
    internal abstract ProgramSpec Program { get; }

    /// <inheritdoc/>
    protected internal override AttributionOutcome AttributeCore(AttributionRequest request)
    {
        int[] targets = request.ProgramTargets;
        int step = Math.Max(1, request.Model.BatchSize);
        FloatTensor? map = null, logits = null;
        for (int start = 0; start < request.Items; start += step)
        {
            int count = Math.Min(step, request.Items - start);
            ProgramOutput output = request.Model.Run(Program, request.Input.Items(start, count), targets.AsSpan(start, count), request.CancellationToken);
            Place(output.Relevance, start, request.Items, ref map);
            Place(output.Logits, start, request.Items, ref logits);
            request.Report(start + count, request.Items);
        }

        return new AttributionOutcome { Map = map!, Logits = logits };
    }

    /// <summary>Copies a batch's part to its place in the whole; a part that is the whole is taken as it is.</summary>
    private static void Place(FloatTensor part, int start, int items, ref FloatTensor? whole)
    {
        if (part.Shape[0] == items)
        {
            whole = part;
            return;
        }

        whole ??= new FloatTensor([items, .. part.Shape[1..]]);
        part.Span.CopyTo(whole.Items(start, part.Shape[0]).Span);
    }
}
