namespace AudioEmotionXai;

/// <summary>Where bins, frames and channels of an item lie: (N,C,H,W) has C planes of H x W; (N,C,T) has one plane of C x T.</summary>
internal readonly record struct ItemGeometry(int Planes, int Bins, int Frames)
{
    public int Cells => Bins * Frames;

    /// <exception cref="ArgumentException">The input has neither form.</exception>
    public static ItemGeometry Of(FloatTensor input) =>
        input.Rank switch
        {
            4 => new ItemGeometry(input.Shape[1], input.Shape[2], input.Shape[3]),
            3 => new ItemGeometry(1, input.Shape[1], input.Shape[2]),
            _ => throw new ArgumentException(
                $"The input has shape {input}; this method masks bins and frames, and needs (N,C,H,W) or (N,C,T).", nameof(input)),
        };

    /// <summary>Refuses a model whose input has neither form.</summary>
    public static void ThrowIfUnfit(AudioClassifier model)
    {
        if (model.Graph.Input.Shape is { Count: not (3 or 4) })
            throw new ArgumentException(
                $"{model.Name}: the input is {model.Graph.Input}; this method masks bins and frames, and needs (N,C,H,W) or (N,C,T).");
    }

    /// <summary>One map per item: (N,1,H,W), or (N,C,T).</summary>
    public FloatTensor NewMaps(FloatTensor input) => input.Rank == 4
        ? new FloatTensor(input.Shape[0], 1, Bins, Frames)
        : new FloatTensor(input.Shape[0], Bins, Frames);

    /// <summary>The item's planes averaged: what segmentation looks at.</summary>
    public TimeFrequencyMap MeanPlane(ReadOnlySpan<float> item)
    {
        TimeFrequencyMap mean = new(item[..Cells].ToArray(), Bins, Frames);
        for (int plane = 1; plane < Planes; plane++)
            System.Numerics.Tensors.TensorPrimitives.Add(mean.Span, item.Slice(plane * Cells, Cells), mean.Span);
        if (Planes > 1)
            System.Numerics.Tensors.TensorPrimitives.Divide(mean.Span, Planes, mean.Span);
        return mean;
    }
}
