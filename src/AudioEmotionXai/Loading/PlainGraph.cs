namespace AudioEmotionXai;

/// <summary>Any model's graph in the plain form that shapes and rules are written for: standard operators on float32, with everything
/// computed that follows from constants.</summary>
internal static class PlainGraph
{
    // Each round can open the way for the next: a folded condition picks a branch, whose constants fold
    private const int MostRounds = 16;

    /// <summary>Makes a model plain, in place.</summary>
    /// <param name="model">The model.</param>
    /// <returns>What was done, in order, and the shapes of all tensors.</returns>
    /// <exception cref="ModelFormatException">A part of the graph is malformed.</exception>
    public static (IReadOnlyList<AppliedPass> Passes, ShapeTable Shapes) Make(OnnxModel model)
    {
        Dictionary<string, int> places = [];
        try
        {
            Run(model, GraphPass.Once, places);
            FoldAll(model, places);
            if (!AreKnown(model, ShapeInference.Infer(model)) && RuntimeShapes.Declare(model) > 0)
                FoldAll(model, places);
            Run(model, GraphPass.Last, places);
        }
        catch (Exception failure) when (GraphChecks.IsOfMalformedNode(failure))
        {
            throw new ModelFormatException(
                $"{model.Name}: a constant or normalisation of the graph is malformed ({failure.Message}).", failure);
        }

        return ([.. places.Select(place => new AppliedPass(place.Key, place.Value))], ShapeInference.Infer(model));
    }

    private static void FoldAll(OnnxModel model, Dictionary<string, int> places)
    {
        for (int round = 0, changes = 1; changes > 0 && round < MostRounds; round++)
        {
            // Before anything of it runs
            DeadlyNodes.RefuseOrRewrite(model);
            changes = Run(model, GraphPass.UntilDone, places);
        }
    }

    private static int Run(OnnxModel model, IReadOnlyList<GraphPass> passes, Dictionary<string, int> places)
    {
        int changes = 0;
        foreach (GraphPass pass in passes)
        {
            int changed = pass.Apply(model);
            if (changed > 0)
                places[pass.Name] = places.GetValueOrDefault(pass.Name) + changed;
            changes += changed;
        }

        return changes;
    }

    private static bool AreKnown(OnnxModel model, ShapeTable shapes) =>
        model.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0)
            .All(name => shapes.ShapeOf(name) is { } shape && !shape.Any(length => length.IsMadeUp));
}
