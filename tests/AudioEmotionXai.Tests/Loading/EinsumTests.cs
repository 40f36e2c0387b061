namespace AudioEmotionXai.Tests;

/// <summary>Einsum of every kind: products of matrices and cells, sums, orders of axes, dots, several operands.</summary>
internal sealed class EinsumTests
{
    [TestCaseSource(nameof(Cases))]
    public void IsWrittenAsProductsAndSums(OperatorCase test) => ExpansionCheck.Run(test);

    [Test]
    public void ALetterThatIsRepeatedWithinAnOperandIsRefusedByName()
    {
        OperatorCase test = new OperatorCase("diagonal", 3, 3).Node("Einsum", ["x"], set: node => node.Set("equation", "nii->ni"));
        using AudioClassifier model = AudioClassifier.FromOnnx(Scores(test), new AudioClassifierOptions { Provider = ExecutionProvider.Cpu });
        Assert.That(() => model.Compile(new InputGradient()), Throws.TypeOf<UnsupportedOperatorException>().With.Message.Contains("repeats a letter").And.Message.Contains("Einsum 'einsum_0'"));
    }

    private static OnnxModel Scores(OperatorCase test)
    {
        OnnxModel model = test.Body();
        model.ClearOutputs();
        model.AddOutput(new OnnxValueInfo("y", OnnxElementType.Float, ["N", 3]));
        return model;
    }

    private static IEnumerable<OperatorCase> Cases()
    {
        foreach (int opset in (int[])[12, 13, 18])
        {
            yield return New("btd,dh->bth", opset, 5, 4).Random("w", 4, 3).Node("Einsum", ["x", "w"], set: Equation("btd,dh->bth"));
            yield return New("hd,btd->bht", opset, 5, 4).Random("w", 3, 4).Node("Einsum", ["w", "x"], set: Equation("hd , btd -> bht"));
            yield return New("bhqd,bhkd->bhqk", opset, 2, 5, 3).Node("Einsum", ["x", "x"], set: Equation("bhqd,bhkd->bhqk"));
            yield return New("bqhd,hkd->bhqk", opset, 5, 2, 3).Random("w", 2, 4, 3).Node("Einsum", ["x", "w"], set: Equation("bqhd,hkd->bhqk"));
            yield return New("bthd,hdo->bto", opset, 5, 2, 3).Random("w", 2, 3, 4).Node("Einsum", ["x", "w"], set: Equation("bthd,hdo->bto"));
        }

        yield return New("transpose", 13, 3, 4, 5).Node("Einsum", ["x"], set: Equation("nabc->ncab"));
        yield return New("nothing", 13, 3, 4).Node("Einsum", ["x"], set: Equation("nab->nab"));
        yield return New("sum of all but items", 13, 3, 4).Node("Einsum", ["x"], set: Equation("nab->n"));
        yield return New("implied result", 13, 3, 4).Random("w", 4, 2).Node("Einsum", ["x", "w"], set: Equation("abc,cd"));
        yield return New("implied result in the alphabet's order", 13, 3, 4).Random("w", 4, 2).Node("Einsum", ["x", "w"], set: Equation("acz,zb"));
        yield return New("dots", 13, 2, 3, 4).Random("w", 4, 5).Node("Einsum", ["x", "w"], set: Equation("...c,cd->...d"));
        yield return New("dots implied", 13, 2, 3, 4).Random("w", 4, 5).Node("Einsum", ["x", "w"], set: Equation("...c,cd"));
        yield return New("dots with one cell", 13, 2, 3, 4).Random("w", 1, 1, 5, 4).Node("Einsum", ["x", "w"], set: Equation("...ij,...kj->...ik"));
        yield return New("product of cells", 13, 3, 4).Random("w", 3).Node("Einsum", ["x", "w"], set: Equation("nab,a->nab"));
        yield return New("outer product", 13, 3).Random("w", 4).Node("Einsum", ["x", "w"], set: Equation("na,b->nab"));
        yield return New("summed alone", 13, 3, 4).Random("w", 4, 2).Node("Einsum", ["x", "w"], set: Equation("nab,cd->nac"));
        yield return New("three operands", 13, 3, 4).Random("v", 4, 5).Random("w", 5, 2).Node("Einsum", ["x", "v", "w"], set: Equation("nab,bc,cd->nad"));
        yield return New("three operands that share a letter", 13, 3, 4).Random("v", 4).Random("w", 4, 2).Node("Einsum", ["x", "v", "w"], set: Equation("nab,b,bd->nad"));
        yield return New("two letters summed", 13, 3, 4).Random("w", 3, 4, 2).Node("Einsum", ["x", "w"], set: Equation("nab,abd->nd"));
        yield return New("capital letters", 13, 3, 4).Random("w", 4, 2).Node("Einsum", ["x", "w"], set: Equation("NaB,BD->NaD"));
        yield return new OperatorCase("free lengths", 5, 3) { FreeAxes = [0, 1], Opset = 13 }.Random("w", 2, 3, 4).Node("Einsum", ["x", "w"], "p", Equation("ntd,hdk->nhtk"))
            .Node("Einsum", ["p", "p"], "q", Equation("nhtk,nhsk->nhts")).Node("ReduceMax", ["q"], "y", node => node.Set("axes", (long[])[3]).Set("keepdims", 0));
    }

    private static OperatorCase New(string name, int opset, params int[] item) => new($"{name}, opset {opset}", item) { Opset = opset };

    private static Action<OnnxNode> Equation(string equation) => node => node.Set("equation", equation);
}
