namespace AudioEmotionXai;

/// <summary>Shapes of operators that have no shape rule here, from the runtime.</summary>
internal static class RuntimeShapes
{
    /// <summary>Declares the shape of every tensor that the runtime can infer; what the file says of others stays.</summary>
    /// <returns>How many it inferred.</returns>
    public static int Declare(OnnxModel model)
    {
        IReadOnlyList<OnnxValueInfo> inferred = GraphEvaluator.Describe(model);
        if (inferred.Count == 0)
            return 0;
        HashSet<string> names = [.. inferred.Select(info => info.Name)];
        OnnxValueInfo[] others = [.. model.ValueInfos.Where(info => !names.Contains(info.Name))];
        model.ClearValueInfos();
        foreach (OnnxValueInfo info in inferred.Concat(others))
            model.AddValueInfo(info);
        return inferred.Count;
    }
}
