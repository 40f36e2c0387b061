namespace AudioEmotionXai;

/// <summary>A signal that a max pool sent to its winners.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Signal">What arrived at its output.</param>
/// <param name="Tensor">What was sent: the shape of the pool's input.</param>
/// <param name="Planes">The same by phases, where it was made so: (N, rows of phases × columns of phases × C, planes' height, planes'
/// width).</param>
/// <param name="Phases">The phases along each axis.</param>
internal sealed record RoutedSignal(BackwardNode Pool, string Signal, string Tensor, string? Planes = null, int Phases = 1)
{
    /// <summary>Emits the sum over channels of what was sent: (N, 1, height, width). By phases, only the sums are put together.</summary>
    public string SumOfChannels()
    {
        GraphEmitter emit = Pool.Emit;
        if (Planes is null)
            return emit.ReduceSum(Tensor, [1]);
        string apart = emit.Reshape(Planes, 0, Phases * Phases, -1, (Height + Phases - 1) / Phases, (Width + Phases - 1) / Phases);
        return Together(emit.ReduceSum(apart, [2], keepDims: false));
    }

    /// <summary>Emits planes as one tensor of the pool's input height and width.</summary>
    public string Together(string planes)
    {
        GraphEmitter emit = Pool.Emit;
        string image = Phases == 1 ? planes : emit.Node("DepthToSpace", [planes], node => node.Set("blocksize", Phases).Set("mode", "DCR"));
        return Height % Phases == 0 && Width % Phases == 0 ? image : emit.Slice(image, [0, 0], [Height, Width], [2, 3]);
    }

    private long Height => Pool.InputShape(0)[2].Offset;

    private long Width => Pool.InputShape(0)[3].Offset;
}
