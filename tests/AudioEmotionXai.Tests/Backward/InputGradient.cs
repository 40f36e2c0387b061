namespace AudioEmotionXai.Tests;

/// <summary>The plainest program: the gradient of the target's score at the input.</summary>
internal sealed record InputGradient : ProgramSpec
{
    public bool OfProbability { get; init; }

    public override IRuleSet Rules => GradientRules.Instance;

    public override bool KeepSoftmax => OfProbability;

    public override IReadOnlyList<string> SignalsAt(BackwardGraph graph) => [graph.InputName];

    public override string EmitRelevance(BackwardGraph graph) => graph.Signal(graph.InputName);
}
