namespace AudioEmotionXai.Tests;

/// <summary>Gradients through graphs inside of nodes: Scan and Loop round by round, If by the branch that runs; against plain twins.</summary>
[TestFixture]
internal sealed class ControlFlowGradientTests
{
    private const int Steps = 5, Cells = 3;

    private static readonly float[] s_weights = OperatorCase.Normal(new Random(3), Cells * Cells);

    [TestCaseSource(nameof(Cases))]
    public void TheGradientIsThatOfThePlainTwin(object test) => GradientCheck.Run((OperatorCase)test);

    private static IEnumerable<OperatorCase> Cases()
    {
        foreach (bool reads in (bool[])[false, true])
            foreach (bool writes in (bool[])[false, true])
                foreach (bool transposed in (bool[])[false, true])
                    yield return ScanCase(reads, writes, transposed);
        foreach (int opset in (int[])[11, 13, 18])
            foreach (bool endsEarly in (bool[])[false, true])
                yield return LoopCase(opset, endsEarly);
        yield return IndexingLoopCase();
        yield return IfCase(-1);
        yield return IfCase(1);
        yield return NestedCase();
    }

    [Test]
    public void ABodyWithAnOperatorWithoutARuleIsRefusedByName()
    {
        OnnxModel body = Body(["h", "x"], ["h_next", "y_step"]);
        body.Add(new OnnxNode("Add", "sum", ["h", "x"], ["s"]));
        body.Add(new OnnxNode("Det", "the_odd_one", ["s"], ["h_next"]));
        body.Add(new OnnxNode("Identity", "out", ["h_next"], ["y_step"]));
        OperatorCase test = new OperatorCase("odd", Steps, Cells) { Items = 1 }.Floats("zero", new float[Cells], 1, Cells);
        test.Node("Transpose", ["x"], "t", node => node.Set("perm", 1, 0, 2));
        test.Node(new OnnxNode("Scan", "scan", ["zero", "t"], ["last", "all"]).Set("body", body.ToGraph()).Set("num_scan_inputs", 1));
        test.Node("Transpose", ["all"], "y", node => node.Set("perm", 1, 0, 2));
        OnnxModel model = test.Body();
        model.ClearOutputs();
        model.Add(new OnnxNode("ReduceSum", "head", ["last"], ["scores"]).Set("keepdims", 1));
        model.AddOutput(new OnnxValueInfo("scores", OnnxElementType.Float, [1, 1]));
        ClassifierGraph graph = ClassifierGraph.Of(model);
        UnsupportedOperatorException refusal = Assert.Throws<UnsupportedOperatorException>(() => BackwardCompiler.Compile(graph, new InputGradient()))!;
        Assert.That(refusal.Message, Does.Contain("Det 'the_odd_one'"));
    }

    /// <summary>h = tanh(0.7 h W + x), y = h · x, over time from either end; slices along the first or the second axis.</summary>
    private static OperatorCase ScanCase(bool reads, bool writes, bool transposed)
    {
        OnnxModel body = Body(["h", "x_step"], ["h_next", "y_step"]);
        body.AddInitializer(OnnxTensor.FromFloats("half", [0.7f]));
        body.Add(new OnnxNode("MatMul", "product", ["h", "weights"], ["hw"]));
        body.Add(new OnnxNode("Mul", "scaled", ["hw", "half"], ["hs"]));
        body.Add(new OnnxNode("Add", "sum", ["hs", "x_step"], ["s"]));
        body.Add(new OnnxNode("Tanh", "tanh", ["s"], ["h_next"]));
        body.Add(new OnnxNode("Mul", "out", ["h_next", "x_step"], ["y_step"]));
        OperatorCase test = new($"scan {reads} {writes} {transposed}", Steps, Cells) { Plain = Twin };
        test.Floats("weights", s_weights, Cells, Cells).Floats("start", new float[Cells], 1, Cells).Integers("first", 0).Integers("flat", -1, Cells);
        // The state's first value has the items' axis
        test.Node("Gather", ["x", "first"], "h_step", node => node.Set("axis", 1)).Node("Reshape", ["h_step", "flat"], "h0");
        string sequence = "x";
        if (!transposed)
            test.Node("Transpose", ["x"], sequence = "t", node => node.Set("perm", 1, 0, 2));
        OnnxNode scan = new("Scan", "scan", ["h0", sequence], ["last", "all"]);
        scan.Set("body", body.ToGraph()).Set("num_scan_inputs", 1);
        if (reads)
            scan.Set("scan_input_directions", [1L]);
        if (writes)
            scan.Set("scan_output_directions", [1L]);
        if (transposed)
            scan.Set("scan_input_axes", [1L]).Set("scan_output_axes", [1L]);
        test.Node(scan).Integers("axis", 1).Integers("last_shape", -1, 1, Cells).Node("Reshape", ["last", "last_shape"], "last3");
        if (!transposed)
            test.Node("Transpose", ["all"], "all_first", node => node.Set("perm", 1, 0, 2));
        return test.Node("Concat", [transposed ? "all" : "all_first", "last3"], "y", node => node.Set("axis", 1));

        double[] Twin(double[] x)
        {
            double[] h = x[..Cells], y = new double[(Steps + 1) * Cells];
            for (int step = 0; step < Steps; step++)
            {
                int read = reads ? Steps - 1 - step : step, write = writes ? Steps - 1 - step : step;
                h = [.. Enumerable.Range(0, Cells).Select(j =>
                    Math.Tanh((0.7f * Enumerable.Range(0, Cells).Sum(k => h[k] * s_weights[(k * Cells) + j])) + x[(read * Cells) + j]))];
                for (int j = 0; j < Cells; j++)
                    y[(write * Cells) + j] = h[j] * x[(read * Cells) + j];
            }

            h.CopyTo(y, Steps * Cells);
            return y;
        }
    }

    /// <summary>h = sin(h · w + x[:, i]) with x read from around the loop, and a count beside it; three rounds, where it ends early.</summary>
    private static OperatorCase LoopCase(int opset, bool endsEarly)
    {
        OnnxModel body = Body([], ["go_on", "h_next", "n_next", "y_step"]);
        body.AddInput(new OnnxValueInfo("i", OnnxElementType.Int64, []));
        body.AddInput(new OnnxValueInfo("go", OnnxElementType.Bool, []));
        body.AddInput(new OnnxValueInfo("h", OnnxElementType.Float, null));
        body.AddInput(new OnnxValueInfo("n", OnnxElementType.Int64, null));
        body.AddInitializer(OnnxTensor.FromInt64s("one", [1]));
        body.AddInitializer(OnnxTensor.FromInt64s("three", [endsEarly ? 2 : 100]));
        body.Add(new OnnxNode("Gather", "step", ["x", "i"], ["x_step"]).Set("axis", 1));
        body.Add(new OnnxNode("Mul", "weighted", ["h", "w"], ["hw"]));
        body.Add(new OnnxNode("Add", "sum", ["hw", "x_step"], ["s"]));
        body.Add(new OnnxNode("Sin", "sin", ["s"], ["h_next"]));
        body.Add(new OnnxNode("Add", "count", ["n", "one"], ["n_next"]));
        body.Add(new OnnxNode("Less", "condition", ["n", "three"], ["go_on"]));
        body.Add(new OnnxNode("Cast", "as_float", ["n"], ["n_float"]).Set("to", (long)OnnxElementType.Float));
        body.Add(new OnnxNode("Mul", "out", ["h_next", "n_float"], ["y_step"]));
        OperatorCase test = new($"loop {opset} {endsEarly}", Steps, Cells) { Opset = opset, Plain = Twin };
        test.Floats("w", [0.6f, -0.8f, 1.1f], Cells).Integers("last_step", Steps - 1).Integers("flat", -1, Cells).Integers("one3", -1, 1, Cells);
        test.Constant(OnnxTensor.FromInt64s("rounds", [Steps])).Constant(OnnxTensor.FromBool("go_first", true)).Constant(OnnxTensor.FromInt64s("zero", [0]));
        test.Node("Gather", ["x", "last_step"], "x_last", node => node.Set("axis", 1)).Node("Reshape", ["x_last", "flat"], "h0");
        test.Node(new OnnxNode("Loop", "loop", ["rounds", "go_first", "h0", "zero"], ["h_end", "n_end", "all"]).Set("body", body.ToGraph()));
        test.Node("Reshape", ["h_end", "one3"], "h3").Node("Transpose", ["all"], "items_first", node => node.Set("perm", 1, 0, 2));
        test.Node("Gather", ["items_first", "first_two"], "two", node => node.Set("axis", 1)).Integers("first_two", 1, 2);
        return test.Node("Concat", ["two", "h3"], "y", node => node.Set("axis", 1));

        double[] Twin(double[] x)
        {
            double[] h = x[((Steps - 1) * Cells)..];
            double[] w = [0.6f, -0.8f, 1.1f];
            List<double> y = [];
            int rounds = endsEarly ? 3 : Steps;
            for (int n = 0; n < rounds; n++)
            {
                h = [.. Enumerable.Range(0, Cells).Select(j => Math.Sin((h[j] * w[j]) + x[(n * Cells) + j]))];
                if (n is 1 or 2)
                    y.AddRange(h.Select(value => value * n));
            }

            return [.. y, .. h];
        }
    }

    /// <summary>y[i] = x[:, i] · x[:, 0]: only a sequence comes out.</summary>
    private static OperatorCase IndexingLoopCase()
    {
        OnnxModel body = Body([], ["go_on", "y_step"]);
        body.AddInput(new OnnxValueInfo("i", OnnxElementType.Int64, []));
        body.AddInput(new OnnxValueInfo("go", OnnxElementType.Bool, []));
        body.Add(new OnnxNode("Identity", "same", ["go"], ["go_on"]));
        body.Add(new OnnxNode("Gather", "step", ["x", "i"], ["x_step"]).Set("axis", 1));
        body.Add(new OnnxNode("Gather", "start", ["x", "none"], ["x_first"]).Set("axis", 1));
        body.Add(new OnnxNode("Mul", "out", ["x_step", "x_first"], ["y_step"]));
        OperatorCase test = new("indexing loop", Steps, Cells) { Plain = x => [.. x.Select((value, i) => value * x[i % Cells])] };
        test.Constant(OnnxTensor.FromInt64s("rounds", [Steps])).Constant(OnnxTensor.FromBool("go_first", true)).Constant(OnnxTensor.FromInt64s("none", [0]));
        test.Node(new OnnxNode("Loop", "loop", ["rounds", "go_first"], ["all"]).Set("body", body.ToGraph()));
        return test.Node("Transpose", ["all"], "y", node => node.Set("perm", 1, 0, 2));
    }

    /// <summary>x² where the batch's sum times a sign is positive, else 3 x + tanh(b x): the inputs are all positive.</summary>
    private static OperatorCase IfCase(float sign)
    {
        OnnxModel yes = Body([], ["then_out"]), no = Body([], ["else_out"]);
        yes.Add(new OnnxNode("Mul", "square", ["x", "x"], ["then_out"]));
        no.AddInitializer(OnnxTensor.FromFloats("three", [3f]));
        no.Add(new OnnxNode("Mul", "times", ["x", "three"], ["t"]));
        no.Add(new OnnxNode("Mul", "inner", ["x", "b"], ["u"]));
        no.Add(new OnnxNode("Tanh", "tanh", ["u"], ["v"]));
        no.Add(new OnnxNode("Add", "sum", ["t", "v"], ["else_out"]));
        OperatorCase test = new($"if {sign}", Steps, Cells)
        {
            Value = (random, _) => 0.3f + (float)random.NextDouble(),
            Plain = x => [.. x.Select(value => sign > 0 ? value * value : (3 * value) + Math.Tanh(0.7f * value))],
        };
        test.Scalar("sign", sign).Scalar("zero", 0).Scalar("b", 0.7f).Node("ReduceSum", ["x"], "total", node => node.Set("keepdims", 0));
        test.Node("Mul", ["total", "sign"], "signed").Node("Greater", ["signed", "zero"], "is_positive");
        return test.Node(new OnnxNode("If", "if", ["is_positive"], ["y"]).Set("then_branch", yes.ToGraph()).Set("else_branch", no.ToGraph()));
    }

    /// <summary>In each step of a scan, where the step's number is below two: h = h · x twice in a loop, else h + x.</summary>
    private static OperatorCase NestedCase()
    {
        OnnxModel loop = Body([], ["l_go_on", "l_next"]);
        loop.AddInput(new OnnxValueInfo("l_i", OnnxElementType.Int64, []));
        loop.AddInput(new OnnxValueInfo("l_go", OnnxElementType.Bool, []));
        loop.AddInput(new OnnxValueInfo("l_h", OnnxElementType.Float, null));
        loop.Add(new OnnxNode("Identity", "l_same", ["l_go"], ["l_go_on"]));
        loop.Add(new OnnxNode("Mul", "l_mul", ["l_h", "x_step"], ["l_next"]));
        OnnxModel yes = Body([], ["then_out"]), no = Body([], ["else_out"]);
        yes.AddInitializer(OnnxTensor.FromInt64s("twice", [2]));
        yes.AddInitializer(OnnxTensor.FromBool("go_first", true));
        yes.Add(new OnnxNode("Loop", "loop", ["twice", "go_first", "h"], ["then_out"]).Set("body", loop.ToGraph()));
        no.Add(new OnnxNode("Add", "add", ["h", "x_step"], ["else_out"]));
        OnnxModel body = Body(["h", "x_step"], []);
        body.AddOutput(new OnnxValueInfo("h_next", OnnxElementType.Float, new OnnxDimension[2]));
        body.AddOutput(new OnnxValueInfo("y_step", OnnxElementType.Float, new OnnxDimension[2]));
        body.AddInput(new OnnxValueInfo("number", OnnxElementType.Int64, []));
        body.Add(new OnnxNode("Less", "is_low", ["number", "two"], ["low"]));
        body.Add(new OnnxNode("If", "if", ["low"], ["h_next"]).Set("then_branch", yes.ToGraph()).Set("else_branch", no.ToGraph()));
        body.Add(new OnnxNode("Tanh", "out", ["h_next"], ["y_step"]));
        OperatorCase test = new("nested", Steps, Cells) { Plain = Twin };
        test.Integers("numbers", 0, 1, 2, 3, 4).Constant(OnnxTensor.FromInt64s("two", [2])).Integers("first", 0).Integers("flat", -1, Cells);
        test.Node("Gather", ["x", "first"], "h_step", node => node.Set("axis", 1)).Node("Reshape", ["h_step", "flat"], "h0");
        test.Node("Transpose", ["x"], "t", node => node.Set("perm", 1, 0, 2));
        test.Node(new OnnxNode("Scan", "scan", ["h0", "t", "numbers"], ["last", "all"]).Set("body", body.ToGraph()).Set("num_scan_inputs", 2));
        return test.Node("Transpose", ["all"], "y", node => node.Set("perm", 1, 0, 2));

        static double[] Twin(double[] x)
        {
            double[] h = x[..Cells], y = new double[Steps * Cells];
            for (int step = 0; step < Steps; step++)
                for (int j = 0; j < Cells; j++)
                {
                    double now = x[(step * Cells) + j];
                    h[j] = step < 2 ? h[j] * now * now : h[j] + now;
                    y[(step * Cells) + j] = Math.Tanh(h[j]);
                }

            return y;
        }
    }

    private static OnnxModel Body(string[] inputs, string[] outputs)
    {
        OnnxModel body = OnnxModel.Create(17, "body");
        foreach (string input in inputs)
            body.AddInput(new OnnxValueInfo(input, OnnxElementType.Float, null));
        foreach (string output in outputs)
            body.AddOutput(new OnnxValueInfo(output, output.StartsWith("go", StringComparison.Ordinal) || output.StartsWith("l_go", StringComparison.Ordinal) ? OnnxElementType.Bool : output.StartsWith('n') ? OnnxElementType.Int64 : OnnxElementType.Float, null));
        return body;
    }
}
