using System.Numerics.Tensors;

namespace AudioEmotionXai.Evaluation;

/// <summary>How one clip lies in the model's input: a cell is a bin and a frame, with all its channels. A clip of samples has
/// <see cref="MostStretches"/> cells: stretches of time of the same length.</summary>
/// <param name="Channels">How many channels a cell has.</param>
/// <param name="Bins">How many bins there are.</param>
/// <param name="Frames">How many frames there are, or stretches.</param>
/// <param name="Samples">How many samples the stretches hold; 0 where cells are bins and frames.</param>
internal readonly record struct InputGrid(int Channels, int Bins, int Frames, int Samples = 0)
{
    /// <summary>How many stretches a clip of samples is masked in, if it has as many samples: 23 ms of 3 s.</summary>
    public const int MostStretches = 128;

    /// <summary>The number of cells.</summary>
    public int Cells => Bins * Frames;

    /// <summary>The number of values.</summary>
    public int Values => Samples > 0 ? Samples : Channels * Cells;

    /// <summary>The same for methods that hide cells.</summary>
    public ItemGeometry Geometry => new(Channels, Bins, Frames, InputLayout.Parse("n c f t"));

    /// <summary>The grid of a batch (N, C, H, W), (N, C, T), whose channels are the bins, or (N, samples).</summary>
    public static InputGrid Of(FloatTensor batch) => Of(batch.Shape);

    /// <summary>The grid of batches of a shape.</summary>
    public static InputGrid Of(ReadOnlySpan<int> shape) => shape.Length switch
    {
        4 => new InputGrid(shape[1], shape[2], shape[3]),
        3 => new InputGrid(1, shape[1], shape[2]),
        2 => new InputGrid(1, 1, Math.Min(shape[1], MostStretches), shape[1]),
        _ => throw new ArgumentException(
            $"The input has shape ({string.Join(", ", shape.ToArray())}); expected (N, C, H, W), (N, C, T) or (N, samples).",
            nameof(shape)),
    };

    /// <summary>One value for each cell of a clip's map. A stretch has the sum of its samples, or of their magnitudes where the method
    /// says how sensitive the score is.</summary>
    public static TimeFrequencyMap MapOf(Explanation explanation)
    {
        if (explanation.Values.Rank != 2)
            return explanation.Map;
        InputGrid grid = Of(explanation.Values);
        bool sharesOut = explanation.Method?.ShareBaseline is not null;
        TimeFrequencyMap map = new(1, grid.Cells);
        for (int cell = 0; cell < grid.Cells; cell++)
        {
            ReadOnlySpan<float> stretch = explanation.Values.Span[grid.StretchOf(cell)];
            map[0, cell] = sharesOut ? TensorPrimitives.Sum(stretch) : TensorPrimitives.SumOfMagnitudes(stretch);
        }

        return map;
    }

    /// <summary>How loud each cell of a clip is: the mean over its channels, or the root mean square of its samples.</summary>
    public float[] LoudnessOf(ReadOnlySpan<float> sample)
    {
        float[] loudness = new float[Cells];
        for (int cell = 0; cell < loudness.Length; cell++)
            if (Samples > 0)
                loudness[cell] = TensorPrimitives.Norm(sample[StretchOf(cell)]) / MathF.Sqrt(Math.Max(1, sample[StretchOf(cell)].Length));
            else
                for (int channel = 0; channel < Channels; channel++)
                    loudness[cell] += sample[(channel * Cells) + cell] / Channels;
        return loudness;
    }

    /// <summary>The cell that a value belongs to.</summary>
    /// <param name="value">0 to <see cref="Values"/> - 1.</param>
    public int CellOf(int value) => Samples > 0 ? (int)((((value + 1L) * Cells) - 1) / Samples) : value % Cells;

    /// <summary>Overwrites the values of one cell.</summary>
    public void Fill(Span<float> target, int cell, ReadOnlySpan<float> fill)
    {
        if (Samples > 0)
            fill[StretchOf(cell)].CopyTo(target[StretchOf(cell)]);
        else
            for (int at = cell; at < target.Length; at += Cells)
                target[at] = fill[at];
    }

    private Range StretchOf(int cell) => (int)((long)cell * Samples / Cells)..(int)((cell + 1L) * Samples / Cells);
}
