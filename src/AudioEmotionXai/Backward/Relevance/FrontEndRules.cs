namespace AudioEmotionXai;

/// <summary>
/// The rules of a log-mel front end that is part of the graph: linear steps share out what they summed, squares go in proportion, and all
/// from the logarithm on (decibels, the clip's reference, the floor, the z-score) passes like an activation, its statistics counting as
/// constants.
/// </summary>
/// <remarks>
/// As the virtual inspection layers of Vielhaben et al. 2024, arXiv:2211.03457, where the transform is a linear layer with the epsilon
/// rule. Whatever rules the classifier has, "first layer" and "convolution" mean its own layers.
/// </remarks>
internal static class FrontEndRules
{
    /// <summary>The documentation text of every node of a front end. It marks the node in the file, which names cannot: any exporter may
    /// use those.</summary>
    public const string Mark = "AudioEmotionXai: log-mel front end";

    // Powers of quiet cells are far below the usual stabiliser; only what is as good as silent shall lose relevance
    private static readonly EpsilonRule s_filters = new() { Epsilon = 1e-13f };
    private static readonly EpsilonRule s_transform = new() { Epsilon = 1e-20f };
    private static readonly PassRule s_pass = new();

    public static bool Covers(OnnxNode node) => node.DocString is Mark;

    /// <summary>The rule of a front end's node; null for other nodes, and for those that only rearrange.</summary>
    public static RelevanceRule? RuleFor(OnnxNode node) => !Covers(node) ? null : node.OpType switch
    {
        "Conv" => s_transform,
        "MatMul" => s_filters,
        "Pow" or "Log" or "Max" or "Add" or "Sub" or "Mul" or "Div" => s_pass,
        _ => null,
    };
}
