namespace AudioEmotionXai;

/// <summary>Pass: the input gets the output's relevance unchanged. For activations, and for normalisations by statistics that count as
/// constants.</summary>
public sealed record PassRule : RelevanceRule
{
    internal override void Propagate(BackwardNode node)
    {
        int input = 0;
        while (input < node.Node.Inputs.Count && !node.Wants(input))
            input++;
        if (!node.OutputShape().AsSpan().SequenceEqual(node.InputShape(input)))
            throw node.Unsupported("the pass rule needs an output of its input's shape; norm or a gate would be a sensible choice");
        node.Send(input, node.Signal);
    }
}
