namespace AudioEmotionXai.Tests;

/// <summary>The gradient at an intermediate layer, which is what class activation maps are made of. Tolerance: float32 sums in another order.</summary>
public sealed class LayerSignalTests
{
    [Test]
    public void TheGradientAtLayer4IsTheHeadOverTheNumberOfCells()
    {
        ProgramOutput output = GoldenAttributions.Model.Run(new LayerGradient("layer4"), GoldenAttributions.Input, [-1, -1], default);
        float[] head = GoldenAttributions.Model.Source.Initializers["fc.weight"].ToFloats();
        FloatTensor expected = new(2, 512, 4, 5);
        for (int item = 0; item < 2; item++)
        {
            int target = GoldenAttributions.Model.ToPredictions(output.Logits)[item].Index;
            for (int channel = 0; channel < 512; channel++)
                expected.Item(item).Span.Slice(channel * 20, 20).Fill(head[(target * 512) + channel] / 20);
        }

        GoldenAttributions.AssertClose(output.Relevance, expected, 1e-6);
    }

    [Test]
    public void TheGradientAtLayer4IsThatOfTheReference()
    {
        FloatTensor input = GoldenAttributions.EveryInput;
        int[] predicted = [.. Enumerable.Repeat(-1, input.Shape[0])];
        ProgramOutput output = GoldenAttributions.Model.Run(new LayerGradient("layer4"), input, predicted, default);
        GoldenAttributions.AssertClose(output.Relevance, GoldenAttributions.EveryExpected("layer4_gradient"), 1e-4);
    }

    private sealed record LayerGradient(string Layer) : ProgramSpec
    {
        public override IRuleSet Rules => GradientRules.Instance;

        public override IReadOnlyList<string> SignalsAt(BackwardGraph graph) => [graph.ResolveLayer(Layer)];

        public override string EmitRelevance(BackwardGraph graph) => graph.Signal(graph.ResolveLayer(Layer));
    }
}
