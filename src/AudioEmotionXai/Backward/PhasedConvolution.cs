namespace AudioEmotionXai;

/// <summary>
/// The transpose of a strided convolution, applied to a signal that is known by phases: the phases become channels, each with the kernel at
/// its own offset, and the stride grows by their number. The signal need not be put together, and the windows to add up are fewer.
/// </summary>
internal static class PhasedConvolution
{
    /// <param name="node">A Conv node without groups over two axes.</param>
    /// <param name="signal">A signal of the convolution's output shape, with planes.</param>
    /// <param name="weight">The weights' name, in the layout of the Conv.</param>
    /// <param name="kernels">The weights.</param>
    /// <param name="window">How the windows move.</param>
    public static string Transpose(BackwardNode node, RoutedSignal signal, string weight, OnnxTensor kernels, WindowGeometry window)
    {
        int phases = signal.Phases;
        (long[] kernel, long[] strides, long[] pads, long[] outputPadding) = (new long[2], new long[2], new long[4], new long[2]);
        for (int axis = 0; axis < 2; axis++)
        {
            Dim length = node.InputShape(0)[axis + 2];
            kernel[axis] = window.Extent(axis) + (window.Strides[axis] * (phases - 1));
            strides[axis] = window.Strides[axis] * phases;
            (pads[axis], pads[axis + 2]) = window.PadsFor(axis, length)!.Value;
            long cells = (node.OutputShape()[axis + 2].Offset + phases - 1) / phases;
            long reached = ((cells - 1) * strides[axis]) + kernel[axis] - pads[axis] - pads[axis + 2];
            outputPadding[axis] = Math.Max(0, length.Offset - reached);
            pads[axis + 2] += Math.Max(0, reached - length.Offset);
        }

        string phased = node.Emit.FloatsOnce(
            $"phased:{phases}:{window.Strides[0]}:{window.Strides[1]}:{weight}", () => ByPhase(kernels, window, phases, kernel));
        return node.Emit.Node(
            "ConvTranspose", [signal.Planes!, phased],
            conv => conv.Set("kernel_shape", kernel).Set("strides", strides).Set("pads", pads).Set("output_padding", outputPadding));
    }

    /// <summary>(M, C, k, k) to (phases × phases × M, C, K, K): the kernel of each phase begins where the phase does.</summary>
    private static (float[] Values, long[] Shape) ByPhase(OnnxTensor kernels, WindowGeometry window, int phases, long[] kernel)
    {
        ReadOnlySpan<float> source = kernels.ToFloats();
        (int height, int width) = ((int)kernels.Shape[2], (int)kernels.Shape[3]);
        int planes = (int)(kernels.Shape[0] * kernels.Shape[1]), cells = (int)(kernel[0] * kernel[1]);
        float[] target = new float[phases * phases * planes * cells];
        for (int phase = 0; phase < phases * phases; phase++)
            for (int plane = 0; plane < planes; plane++)
                for (int row = 0; row < height; row++)
                    for (int column = 0; column < width; column++)
                    {
                        long y = (window.Strides[0] * (phase / phases)) + (window.Dilations[0] * row);
                        long x = (window.Strides[1] * (phase % phases)) + (window.Dilations[1] * column);
                        target[(((phase * planes) + plane) * cells) + (y * kernel[1]) + x] =
                            source[(((plane * height) + row) * width) + column];
                    }

        return (target, [phases * phases * kernels.Shape[0], kernels.Shape[1], .. kernel]);
    }
}
