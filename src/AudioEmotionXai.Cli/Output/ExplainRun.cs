namespace AudioEmotionXai.Cli;

/// <summary>One run of <c>aexai explain</c>: what went in and what came out.</summary>
/// <param name="Model">The model that was explained.</param>
/// <param name="Source">The INPUT as it was typed.</param>
/// <param name="FirstItem">Which item of INPUT the batch begins with.</param>
/// <param name="Input">The batch.</param>
/// <param name="Result">The maps.</param>
internal sealed record ExplainRun(AudioClassifier Model, string Source, int FirstItem, FloatTensor Input, AttributionResult Result)
{
    /// <summary>How many clips were explained.</summary>
    public int Items => Input.Shape[0];

    /// <summary>The label of the class that was explained.</summary>
    public string TargetLabel(int item) => Model.Labels[Result.Targets[item]];
}
