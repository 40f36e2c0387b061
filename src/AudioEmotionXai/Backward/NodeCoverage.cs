namespace AudioEmotionXai;

/// <summary>Whether a rule set can pass back through one node of a model.</summary>
/// <param name="Node">Operator and name, as messages call the node.</param>
/// <param name="OpType">The operator.</param>
/// <param name="Problem">Why not, or null where it can.</param>
public sealed record NodeCoverage(string Node, string OpType, string? Problem)
{
    /// <summary>Whether the rule set can pass back through the node.</summary>
    public bool IsCovered => Problem is null;
}
