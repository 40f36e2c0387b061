using Microsoft.ML.OnnxRuntime;

namespace AudioEmotionXai.Tests;

/// <summary>Gradients of LSTM, GRU and RNN, against a plain twin in double precision (1e-5 of the largest, by steps of 1e-5) and, where no
/// kink is near, finite differences of the graph itself (1e-3).</summary>
[TestFixture]
internal sealed class RecurrentGradientTests
{
    private static readonly string[] s_directions = ["forward", "reverse", "bidirectional"];

    private static readonly (string Name, float Alpha, float Beta)[] s_functions =
    [
        ("Affine", 0.7f, 0.1f), ("Relu", 0, 0), ("LeakyRelu", 0.2f, 0), ("ThresholdedRelu", 0.3f, 0), ("Tanh", 0, 0),
        ("ScaledTanh", 1.2f, 0.8f), ("Sigmoid", 0, 0), ("HardSigmoid", 0.3f, 0.4f), ("Elu", 0.9f, 0), ("Softsign", 0, 0), ("Softplus", 0, 0),
    ];

    /// <summary>Every switch alone and every pair of them, in all directions.</summary>
    private static IEnumerable<TestCaseData> Switches()
    {
        foreach (string type in (string[])["LSTM", "GRU", "RNN"])
            foreach (string direction in s_directions)
            {
                string[] switches = type switch
                {
                    "LSTM" => ["plain", "bias", "peep", "initial", "lengths", "layout", "clip", "coupled"],
                    "GRU" => ["plain", "bias", "initial", "lengths", "layout", "clip", "linear"],
                    _ => ["plain", "bias", "initial", "lengths", "layout", "clip"],
                };
                for (int first = 0; first < switches.Length; first++)
                    for (int second = first; second < switches.Length; second++)
                        yield return Named(With(type, direction, first + second, switches[first], switches[second]));
                yield return Named(With(type, direction, 5, switches));
            }
    }

    private static IEnumerable<TestCaseData> Functions()
    {
        foreach ((string, float, float) function in s_functions)
            foreach (string direction in (string[])["forward", "bidirectional"])
            {
                int repeats = direction is "forward" ? 1 : 2;
                yield return Named(new RecurrentCase("RNN")
                {
                    Direction = direction,
                    Functions = repeats == 1 ? [function] : [("Tanh", 0, 0), function],
                });
                yield return Named(new RecurrentCase("GRU")
                {
                    Direction = direction,
                    Functions = [function, ("Tanh", 0, 0), .. repeats == 1 ? [] : new[] { ("Sigmoid", 0f, 0f), function }],
                });
                yield return Named(new RecurrentCase("LSTM")
                {
                    Direction = direction,
                    Functions = [("Sigmoid", 0, 0), function, ("Elu", 1, 0), .. repeats == 1 ? [] : new[] { function, ("Tanh", 0f, 0f), function }],
                });
                yield return Named(new RecurrentCase("LSTM")
                {
                    Direction = direction,
                    Peepholes = true,
                    Clip = 0.8f,
                    Functions = [function, ("Tanh", 0, 0), function, .. repeats == 1 ? [] : new[] { ("Sigmoid", 0f, 0f), function, ("Tanh", 0f, 0f) }],
                });
            }
    }

    [TestCaseSource(nameof(Switches))]
    public void EverySwitchAndEveryPair(object test) => GradientCheck.Run(((RecurrentCase)test).Build());

    [TestCaseSource(nameof(Functions))]
    public void EveryActivation(object test) => GradientCheck.Run(((RecurrentCase)test).Build());

    [Test]
    public void AnyOutputsTogether([Values("LSTM", "GRU", "RNN")] string type, [Values("reverse", "bidirectional")] string direction, [Values] bool lengths, [Range(1, 7)] int outputs)
    {
        Assume.That(Masked(type, outputs), Has.Some.True);
        GradientCheck.Run(new RecurrentCase(type)
        {
            Direction = direction,
            Lengths = lengths,
            InitialStates = true,
            Outputs = Masked(type, outputs),
        }.Build());
    }

    [Test]
    public void AnySize([Values("LSTM", "GRU", "RNN")] string type, [Values(1, 3)] int items, [Values(1, 2, 9)] int steps, [Values(1, 6)] int hidden) =>
        GradientCheck.Run(new RecurrentCase(type)
        {
            Direction = "bidirectional",
            Items = items,
            Steps = steps,
            Hidden = hidden,
            Inputs = 5,
            Outputs = [true, true, true],
            Seed = items + steps + hidden,
        }.Build());

    [Test]
    public void EveryOperatorSet([Values("LSTM", "GRU", "RNN")] string type, [Values(11, 12, 13, 14, 16, 18, 20, 21, 22)] int opset) =>
        GradientCheck.Run(new RecurrentCase(type) { Direction = "bidirectional", Lengths = true, InitialStates = true, Opset = opset }.Build());

    /// <summary>Sizes around whole rounds of steps, and more than one of them.</summary>
    [Test]
    public void AnyNumberOfSteps([Values("LSTM", "GRU", "RNN")] string type, [Values("reverse", "bidirectional")] string direction, [Values(7, 8, 15, 16, 17)] int steps) =>
        GradientCheck.Run(new RecurrentCase(type) { Direction = direction, Steps = steps, Lengths = steps % 2 == 1, InitialStates = true, Outputs = [true, true, true], Items = 2 }.Build());

    /// <summary>A thousand steps: what is alive at once grows with the steps and no faster, and the gradient is finite.</summary>
    [Test]
    public void MemoryIsLinearInTheSteps([Values("LSTM", "GRU", "RNN")] string type)
    {
        long[] peaks = new long[2];
        for (int i = 0; i < 2; i++)
        {
            OnnxModel model = new RecurrentCase(type) { Direction = "bidirectional", Steps = 500 << i, Inputs = 16, Hidden = 32, Items = 1, Outputs = [false, true, false] }.Build().Body();
            model.ClearOutputs();
            model.AddInitializer(OnnxTensor.FromFloats("head_weights", OperatorCase.Normal(new Random(1), 64 * 3), 64, 3));
            model.Add(new OnnxNode("MatMul", "head", ["y", "head_weights"], ["scores"]));
            model.AddOutput(new OnnxValueInfo("scores", OnnxElementType.Float, [new OnnxDimension(null, "axis0"), 3]));
            using AudioClassifier classifier = AudioClassifier.FromOnnx(model, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, Threads = 1 });
            peaks[i] = ActivationMemory.PeakBytesPerItem(classifier.Compile(new InputGradient()));
            FloatTensor x = new(OperatorCase.Normal(new Random(2), (500 << i) * 16), 1, 500 << i, 16);
            Assert.That(classifier.Run(new InputGradient(), x, [1], default).Relevance.Span.ToArray(), Has.All.Matches<float>(float.IsFinite).And.Some.Not.Zero);
        }

        Assert.That((double)peaks[1] / peaks[0], Is.InRange(1.8, 2.05));
    }

    /// <summary>Weights of more than a mebibyte lie outside of the graph, and those of a scan's body with them.</summary>
    [Test]
    public void ALargeModelsSharedWeightsGiveWhatABareSessionGives([Values("LSTM", "GRU", "RNN")] string type)
    {
        OnnxModel model = new RecurrentCase(type) { Direction = "bidirectional", Steps = 11, Inputs = 40, Hidden = 200, Items = 2, Outputs = [false, true, false] }.Build().Body();
        model.ClearOutputs();
        model.AddInitializer(OnnxTensor.FromFloats("head_weights", OperatorCase.Normal(new Random(1), 400 * 700), 400, 700));
        model.Add(new OnnxNode("MatMul", "head", ["y", "head_weights"], ["scores"]));
        model.AddOutput(new OnnxValueInfo("scores", OnnxElementType.Float, [new OnnxDimension(null, "axis0"), 700]));
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, new AudioClassifierOptions { Provider = ExecutionProvider.Cpu, Threads = 1 });
        FloatTensor x = new(OperatorCase.Normal(new Random(2), 2 * 11 * 40), 2, 11, 40);
        float[] gradient = classifier.Run(new InputGradient(), x, [1, 5], default).Relevance.Span.ToArray();
        OnnxModel compiled = classifier.Compile(new InputGradient());
        Assert.That(SharedGraph.Pays(compiled));
        using SessionOptions options = new() { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, IntraOpNumThreads = 1 };
        using InferenceSession session = new(compiled.ToBytes(), options);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, x.Memory, [2, 11, 40]);
        using OrtValue target = OrtValue.CreateTensorValueFromMemory<long>(OrtMemoryInfo.DefaultInstance, new long[] { 1, 5 }, [2]);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x", "target_class"], [input, target], ["relevance"]);
        GradientCheck.AssertClose(gradient, Array.ConvertAll(results[0].GetTensorDataAsSpan<float>().ToArray(), value => (double)value), 1e-5, "a bare session");
    }

    /// <summary>Small steps of the graph itself: nothing of the twin is shared. Sigmoid and tanh have no kinks.</summary>
    [TestCaseSource(nameof(Smooth))]
    public void FiniteDifferencesOfTheGraphAgree(object test) => GradientCheck.Run((OperatorCase)test);

    private static IEnumerable<OperatorCase> Smooth() =>
        from type in (string[])["LSTM", "GRU", "RNN"]
        from direction in s_directions
        select new RecurrentCase(type) { Direction = direction, InitialStates = true, Peepholes = type is "LSTM", Kinks = false }.Build();

    private static bool[] Masked(string type, int outputs) => [(outputs & 1) != 0, (outputs & 2) != 0, type is "LSTM" && (outputs & 4) != 0];

    private static TestCaseData Named(RecurrentCase test) => new TestCaseData(test).SetArgDisplayNames(test.ToString());

    private static RecurrentCase With(string type, string direction, int seed, params string[] switches) => new(type)
    {
        Direction = direction,
        Seed = seed + 1,
        Bias = switches.Contains("bias"),
        Peepholes = switches.Contains("peep"),
        InitialStates = switches.Contains("initial"),
        Lengths = switches.Contains("lengths"),
        ItemsFirst = switches.Contains("layout"),
        Clip = switches.Contains("clip") ? 0.6f : null,
        InputForget = switches.Contains("coupled"),
        LinearBeforeReset = switches.Contains("linear"),
        Outputs = [seed % 3 != 1, seed % 3 != 0, seed % 2 == 0],
    };
}
