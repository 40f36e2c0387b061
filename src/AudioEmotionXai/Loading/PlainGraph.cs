namespace AudioEmotionXai;

/// <summary>Any model's graph in the plain form that shapes and rules are written for: standard operators on float32, with everything
/// computed that follows from constants.</summary>
internal static class PlainGraph
{
    // Each round can open the way for the next: a folded condition picks a branch, whose constants fold
    private const int MostRounds = 16;

    /// <summary>Undoes what exporters and optimizers wrote, in place; before anything else looks at the graph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="places">Gets what was done.</param>
    /// <exception cref="ModelFormatException">A part of the graph is malformed.</exception>
    public static void Prepare(OnnxModel model, AppliedPasses places) => Guarded(model, () => Run(model, GraphPass.Once, places));

    /// <summary>Computes and merges what can be, in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="places">Gets what was done.</param>
    /// <returns>The shapes of all tensors.</returns>
    /// <exception cref="ModelFormatException">A part of the graph is malformed.</exception>
    public static ShapeTable Make(OnnxModel model, AppliedPasses places)
    {
        Guarded(model, () =>
        {
            FoldAll(model, places);
            if (!AreKnown(model, ShapeInference.Infer(model)) && RuntimeShapes.Declare(model) > 0)
                FoldAll(model, places);
            Run(model, GraphPass.Last, places);
        });
        return ShapeInference.Infer(model);
    }

    private static void Guarded(OnnxModel model, Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure) when (GraphChecks.IsOfMalformedNode(failure))
        {
            throw new ModelFormatException(
                $"{model.Name}: a constant or normalisation of the graph is malformed ({failure.Message}).", failure);
        }
    }

    private static void FoldAll(OnnxModel model, AppliedPasses places)
    {
        for (int round = 0, changes = 1; changes > 0 && round < MostRounds; round++)
        {
            // Before anything of it runs
            ConstantNodes.MoveToInitializers(model);
            DeadlyNodes.RefuseOrRewrite(model);
            changes = Run(model, GraphPass.UntilDone, places);
        }
    }

    private static int Run(OnnxModel model, IReadOnlyList<GraphPass> passes, AppliedPasses places)
    {
        int changes = 0;
        foreach (GraphPass pass in passes)
        {
            int changed = pass.Apply(model);
            places.Add(pass.Name, changed);
            changes += changed;
        }

        return changes;
    }

    private static bool AreKnown(OnnxModel model, ShapeTable shapes) =>
        model.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0)
            .All(name => shapes.ShapeOf(name) is { } shape && !shape.Any(length => length.IsMadeUp));
}
