namespace AudioEmotionXai.Evaluation;

/// <summary>How far a verification or a report is.</summary>
/// <param name="Stage">What is being done, in a few words.</param>
/// <param name="Done">Steps of this stage done, 0 to <paramref name="Total"/>.</param>
/// <param name="Total">All steps of this stage, at least 1.</param>
public readonly record struct EvaluationProgress(string Stage, int Done, int Total)
{
    /// <summary>What the user should know, but what stops nothing, such as a damaged part that is measured again; else null.</summary>
    public string? Warning { get; init; }
}
