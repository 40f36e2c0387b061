namespace AudioEmotionXai;

/// <summary>Split: the parts' gradients are joined; parts that the score does not depend on count as zeros.</summary>
[GradientOf("Split")]
internal sealed record SplitGradient : GradientRule
{
    internal override void Emit(BackwardNode node)
    {
        string[] parts = new string[node.Node.Outputs.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = node.SignalOrNull(i) ?? node.Emit.ZerosLike(node.Output(i));
        node.Send(0, node.Emit.Concat(parts, node.Node.GetInt("axis", 0)));
    }
}
