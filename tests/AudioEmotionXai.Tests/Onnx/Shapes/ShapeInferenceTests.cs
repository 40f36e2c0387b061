using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Tests;

/// <summary>Inferred shapes against those that the runtime finds, for every tensor of graphs drawn at random.</summary>
internal sealed class ShapeInferenceTests
{
    [Test]
    public void EveryTensorOfARandomGraphHasTheShapeThatTheRuntimeFinds([Range(0, 39)] int seed, [Values] bool freeTime)
    {
        Random random = new(seed);
        OnnxModel model = OnnxModel.Create(seed % 2 == 0 ? 13 : 18, $"random graph {seed}");
        OnnxDimension time = freeTime ? new OnnxDimension(null, "time") : 15;
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, [new OnnxDimension(null, "batch"), 4, 11, time]));
        RandomGraph.AddNodes(model, random, 6, RandomGraph.All);
        GraphChecker.Check(model);
        ShapeTable inferred = ShapeInference.Infer(model);
        foreach ((string name, long[] actual) in ActualShapes(model, [2, 4, 11, 15]))
        {
            Dim[]? shape = inferred.ShapeOf(name);
            Assert.That(shape, Is.Not.Null, name);
            Assert.That(shape!.Length, Is.EqualTo(actual.Length), name);
            for (int axis = 0; axis < actual.Length; axis++)
                Assert.That(shape[axis].Value ?? Evaluate(shape[axis], actual[axis]), Is.EqualTo(actual[axis]), $"{name}, axis {axis}: {shape[axis]}");
            Assert.That(shape[0], Is.EqualTo(new Dim("batch", 0)), name);
            if (!freeTime)
                Assert.That(shape.Skip(1).All(length => length.IsFixed), Is.True, name);
        }
    }

    [Test]
    public void ShapeArithmeticAsExportersWriteItIsFollowed()
    {
        OnnxModel model = OnnxModel.Create(17, "arithmetic");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, [new OnnxDimension(null, "batch"), 6, 5, new OnnxDimension(null, "time")]));
        void Integers(string name, params long[] values) => model.AddInitializer(OnnxTensor.FromInt64s(name, values, values.Length));
        void Node(string opType, string output, string[] inputs, Action<OnnxNode>? set = null)
        {
            OnnxNode node = model.Add(new OnnxNode(opType, output, inputs, [output]));
            set?.Invoke(node);
        }

        Integers("zero", 0);
        Integers("two", 2);
        Integers("three", 3);
        Integers("minus", -1);
        Node("Shape", "s", ["x"]);
        Node("Gather", "n", ["s", "zero"]);
        Node("Gather", "t", ["s", "three"]);
        Node("Mul", "t2", ["t", "two"]);
        Node("Concat", "wanted", ["n", "three", "minus", "t2"], node => node.Set("axis", 0));
        Node("Reshape", "y", ["x", "wanted"]);
        Dim[] shape = ShapeInference.Infer(model).ShapeOf("y")!;
        Assert.That(shape[0], Is.EqualTo(new Dim("batch", 0)));
        Assert.That(shape[1], Is.EqualTo((Dim)3));
        Assert.That(shape.Length, Is.EqualTo(4));
    }

    [Test]
    public void AnUnknownOperatorLeavesItsOutputUnknownUnlessTheModelDeclaresIt()
    {
        OnnxModel model = OnnxModel.Create(17, "unknown");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, [2, 3]));
        model.Add(new OnnxNode("Mystery", "m", ["x"], ["a"]));
        model.Add(new OnnxNode("Mystery", "n", ["x"], ["b"]));
        model.AddOutput(new OnnxValueInfo("b", OnnxElementType.Float, [7, 8]));
        ShapeTable shapes = ShapeInference.Infer(model);
        Assert.That(shapes.ShapeOf("a"), Is.Null);
        Assert.That(shapes.ShapeOf("b"), Is.EqualTo((Dim[])[7, 8]));
    }

    /// <summary>A length that depends on "time" says the same number as the runtime for the time of this test, where it is plain enough to compute here.</summary>
    private static long Evaluate(Dim length, long actual) => length.Base switch
    {
        "batch" => 2 + length.Offset,
        "time" => 15 + length.Offset,
        _ => actual,
    };

    private static IEnumerable<(string Name, long[] Shape)> ActualShapes(OnnxModel model, long[] input)
    {
        OnnxModel copy = model.Clone();
        string[] names = [.. model.Nodes.SelectMany(node => node.Outputs)];
        foreach (string name in names)
            copy.AddOutput(new OnnxValueInfo(name, OnnxElementType.Float, null));
        OnnxEnvironment.Start(); // no telemetry
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
        using InferenceSession session = new(copy.ToBytes(), options);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, new float[input.Aggregate(1L, (cells, length) => cells * length)].AsMemory(), input);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x"], [value], names);
        return [.. names.Select((name, i) => (name, results[i].GetTensorTypeAndShape().Shape))];
    }
}
