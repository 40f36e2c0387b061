namespace AudioEmotionXai;

/// <summary>EigenCAM: the first principal component of a layer's activations; the same for every class.</summary>
/// <remarks>
/// The activations as cells x channels, centred per channel, projected on their first right singular vector. The component comes from
/// the smaller Gram matrix, squared ten times (the power 1024), inside the graph. A component's sign is arbitrary: here its larger side
/// is positive. Muhammad and Yeasin, "Eigen-CAM", arXiv:2008.00299; centred as pytorch-grad-cam does, whose sign is left to the SVD.
/// </remarks>
[MethodId("eigencam")]
public sealed record EigenCam : CamMethod
{
    private const int Squarings = 10;

    /// <inheritdoc/>
    public override bool UsesTarget => false;

    private protected override bool UsesGradients => false;

    private protected override string EmitCam(GraphEmitter emit, CamLayer layer)
    {
        string channelsByCells = emit.Reshape(layer.Activation, 0, 0, -1);
        string centred = emit.Sub(channelsByCells, emit.ReduceMean(channelsByCells, [2]));
        string projection = Projection(emit, centred, layer);
        string side = emit.Add(emit.ReduceMax(projection, [2]), emit.ReduceMin(projection, [2]));
        string sign = emit.Sub(emit.Mul(emit.ToFloat(emit.Not(emit.Less(side, emit.Scalar(0)))), emit.Scalar(2)), emit.Scalar(1));
        string shape = emit.Concat(
            [
                emit.Slice(emit.ShapeOf(layer.Activation), [0], [1], [0]), emit.Integers(1),
                emit.Slice(emit.ShapeOf(layer.Activation), [2], [layer.Shape.Length], [0]),
            ],
            0);
        return emit.Reshape(emit.Mul(projection, sign), shape);
    }

    /// <summary>The cells' coordinates along the first component, (N, 1, cells).</summary>
    private static string Projection(GraphEmitter emit, string centred, CamLayer layer)
    {
        string transposed = emit.Transpose(centred, 0, 2, 1);
        Dim cells = Dim.Product(layer.Shape.AsSpan(2));
        bool byCells = cells.IsFixed && layer.Shape[1].IsFixed && cells.Offset <= layer.Shape[1].Offset;
        string gram = byCells ? emit.MatMul(transposed, centred) : emit.MatMul(centred, transposed);
        for (int i = 0; i < Squarings; i++)
        {
            string scaled = emit.Div(gram, emit.Add(emit.ReduceMax(emit.Abs(gram), [1, 2]), emit.Scalar(1e-30f)));
            gram = emit.MatMul(scaled, scaled);
        }

        // Every row of the power is the component, scaled by its coordinate: the strongest loses least
        string component = StrongestRow(emit, gram);
        string unit = emit.Div(component, emit.Add(emit.Sqrt(emit.ReduceSum(emit.Square(component), [2])), emit.Scalar(1e-30f)));
        if (!byCells)
            return emit.MatMul(unit, centred);
        string channels = emit.MatMul(unit, transposed);
        return emit.Mul(unit, emit.Sqrt(emit.ReduceSum(emit.Square(channels), [2])));
    }

    /// <summary>The row with the largest norm of each matrix: (N, d, d) to (N, 1, d).</summary>
    private static string StrongestRow(GraphEmitter emit, string matrix)
    {
        string norms = emit.ReduceSum(emit.Square(matrix), [2], keepDims: false);
        string row = emit.ArgMax(norms, 1);
        string index = emit.Reshape(row, -1, 1, 1);
        string last = emit.Slice(emit.ShapeOf(matrix), [2], [3], [0]);
        string lengths = emit.Concat([emit.Integers(1, 1), last], 0);
        return emit.Node("GatherElements", [matrix, emit.Expand(index, lengths)], node => node.Set("axis", 1));
    }
}
