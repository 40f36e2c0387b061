namespace AudioEmotionXai;

/// <summary>A step that makes a graph plainer and keeps what it computes.</summary>
/// <param name="Name">What <c>inspect</c> calls it.</param>
/// <param name="Apply">Changes the model; returns in how many places.</param>
internal sealed record GraphPass(string Name, Func<OnnxModel, int> Apply)
{
    /// <summary>The passes that undo what exporters and optimizers wrote, in the order in which they run; each is run once.</summary>
    public static IReadOnlyList<GraphPass> Once { get; } =
    [
        new("functions of the file put in their place", ModelFunctions.Inline),
        new("operator sets 7 to 10 moved to 11", OldOperatorSets.Upgrade),
        new("numbers of 16 and 64 bits made float32", NumberTypes.ToFloat32),
        new("recurrent layers turned to time first", RecurrentForm.Apply),
    ];

    /// <summary>The passes that open the way for each other; they run until nothing changes.</summary>
    public static IReadOnlyList<GraphPass> UntilDone { get; } =
    [
        new("tensors that follow from shapes computed", GraphEditing.FoldConstants),
        new("tensors that follow from constants computed", RuntimeFolding.Fold),
        new("branches of a known condition put in their place", ConstantBranches.Inline),
        new("sequences of a known length put in their place", Sequences.Undo),
        new("quantized numbers made float32; gradients pass straight through", Quantization.Undo),
        new("Einsum written as products and sums", OperatorExpansions.UndoEinsum),
        new("operators of ONNX Runtime (com.microsoft) written as standard ones", OperatorExpansions.UndoMicrosoft),
        new("operators made of others written out", OperatorExpansions.UndoStandard),
    ];

    /// <summary>The passes that merge what belongs together; each is run once, behind the others.</summary>
    public static IReadOnlyList<GraphPass> Last { get; } =
    [
        new("batch normalisations merged into the layer before", BatchNormalizationFolding.Fold),
        new("batch normalisations merged into the layer behind", LeadingNormalizationFolding.Fold),
        new("layer normalisations that were written out put together", NormalizationFusing.Fuse),
        new("other written-out normalisations recognised", model => new WrittenOutNormalizations(model, ShapeInference.Infer(model)).Count),
    ];
}

/// <summary>What passes did to a model, in order.</summary>
internal sealed class AppliedPasses
{
    private readonly List<AppliedPass> _passes = [];

    public IReadOnlyList<AppliedPass> All => _passes;

    public void Add(string name, int places)
    {
        if (places == 0)
            return;
        int known = _passes.FindIndex(pass => pass.Name == name);
        if (known < 0)
            _passes.Add(new AppliedPass(name, places));
        else
            _passes[known] = _passes[known] with { Places = _passes[known].Places + places };
    }
}

/// <summary>What a pass did to a model.</summary>
/// <param name="Name">The pass.</param>
/// <param name="Places">In how many places.</param>
public sealed record AppliedPass(string Name, int Places);
