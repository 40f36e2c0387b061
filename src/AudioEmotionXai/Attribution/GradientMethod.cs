namespace AudioEmotionXai;

/// <summary>A method that is one forward and one backward pass through the gradient graph. A member of the family says what it makes of the
/// gradients.</summary>
public abstract record GradientMethod : CompiledMethod
{
    /// <summary>Which number of the target class is explained: its logit (default), or its probability where the model ends in a
    /// Softmax.</summary>
    public ClassScore Score { get; init; }

    internal sealed override ProgramSpec Program => new MethodProgram(this);

    private protected virtual IRuleSet Rules => GradientRules.Instance;

    private protected virtual IReadOnlyList<string> SignalsAt(BackwardGraph graph) => [graph.InputName];

    /// <summary>Emits the map from gradients and forward tensors; returns its tensor name.</summary>
    private protected abstract string EmitMap(BackwardGraph graph);

    private sealed record MethodProgram(GradientMethod Method) : ProgramSpec
    {
        public override IRuleSet Rules => Method.Rules;

        public override bool KeepSoftmax => Method.Score == ClassScore.Probability;

        public override IReadOnlyList<string> SignalsAt(BackwardGraph graph) => Method.SignalsAt(graph);

        public override string EmitRelevance(BackwardGraph graph) => Method.EmitMap(graph);
    }
}
