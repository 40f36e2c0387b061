using System.IO.Enumeration;

namespace AudioEmotionXai;

/// <summary>An exception from a rule set: another rule for the nodes that a pattern names.</summary>
/// <param name="Pattern">A node's name, with * and ? as wildcards; or an operator such as <c>Gemm</c>. Case counts.</param>
/// <param name="Rule">The rule for these nodes.</param>
public sealed record RuleOverride(string Pattern, RelevanceRule Rule)
{
    internal bool Covers(OnnxNode node) =>
        node.OpType == Pattern
        || FileSystemName.MatchesSimpleExpression(Pattern, node.Name, ignoreCase: false)
        || (node.Name.Length == 0 && FileSystemName.MatchesSimpleExpression(Pattern, node.Outputs[0], ignoreCase: false));
}
