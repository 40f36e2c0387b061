namespace AudioEmotionXai.Tests;

/// <summary>A model brought into the plain form, as a classifier's is.</summary>
internal static class MadePlain
{
    public static (IReadOnlyList<AppliedPass> Passes, ShapeTable Shapes) Of(OnnxModel model)
    {
        AppliedPasses passes = new();
        PlainGraph.Prepare(model, passes);
        ShapeTable shapes = PlainGraph.Make(model, passes);
        return (passes.All, shapes);
    }
}
