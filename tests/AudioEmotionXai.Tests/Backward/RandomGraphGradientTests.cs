namespace AudioEmotionXai.Tests;

/// <summary>Whole graphs of linear operators with branches that meet again, each held to its response to unit inputs.</summary>
internal sealed class RandomGraphGradientTests
{
    [Test]
    public void TheGradientOfALinearGraphIsItsResponseToUnitInputs([Range(0, 29)] int seed)
    {
        OnnxModel graph = OnnxModel.Create(17, "graph");
        OperatorCase test = new($"linear graph {seed}", 2, 7, 9)
        {
            Linear = true,
            Seed = seed,
            Opset = seed % 3 == 0 ? 13 : 18,
            Items = 1,
            FreeAxes = seed % 2 == 0 ? [0] : [0, 2, 3],
        };
        graph.AddInput(test.Body().Inputs[0]);
        string last = RandomGraph.AddNodes(graph, new Random(seed), 5, RandomGraph.Linear);
        foreach (OnnxTensor constant in graph.Initializers.Values)
            test.Constant(constant);
        foreach (OnnxNode node in graph.Nodes)
            test.Node(node);
        test.Node("Identity", [last]);
        GradientCheck.Run(test);
    }
}
