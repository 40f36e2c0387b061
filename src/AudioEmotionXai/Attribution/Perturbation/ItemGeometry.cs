using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>
/// Where the channels, bins and frames of an item lie. Methods that hide cells work on planes, (channels, bins, frames), whatever the
/// model's own order is: samples are one bin, numbers without order are bins of one frame.
/// </summary>
/// <param name="Planes">The channels.</param>
/// <param name="Bins">The bins.</param>
/// <param name="Frames">The frames, or samples.</param>
/// <param name="Layout">The model's own axes.</param>
internal readonly record struct ItemGeometry(int Planes, int Bins, int Frames, InputLayout Layout)
{
    // A window over samples counts in hundredths of the clip
    private const int StretchesOfClip = 100;

    public int Cells => Bins * Frames;

    /// <summary>Whether the model takes numbers of which none is beside another.</summary>
    public bool IsVector => Layout.IndexOf(InputAxis.Features) >= 0;

    /// <summary>How many cells along time a window's frame is: one, or for samples a hundredth of the clip.</summary>
    public int CellsPerFrame => Layout.IndexOf(InputAxis.Samples) >= 0 ? Math.Max(1, Frames / StretchesOfClip) : 1;

    /// <summary>Whether the planes lie in the model's own input as they are.</summary>
    public bool IsInPlace => Strides() is var (plane, bin, frame)
        && (Frames == 1 || frame == 1) && (Bins == 1 || bin == Frames) && (Planes == 1 || plane == Cells);

    /// <exception cref="ArgumentException">It is not known what the input's axes mean.</exception>
    public static ItemGeometry Of(AudioClassifier model, FloatTensor input) => Of(LayoutOf(model), input);

    /// <summary>The geometry of a batch, or of a map, with known axes.</summary>
    public static ItemGeometry Of(InputLayout layout, FloatTensor batch)
    {
        int Length(InputAxis axis) => layout.IndexOf(axis) is >= 0 and int place ? batch.Shape[place] : 1;
        return new ItemGeometry(
            Length(InputAxis.Channels), Length(InputAxis.Frequency) * Length(InputAxis.Features),
            Length(InputAxis.Time) * Length(InputAxis.Samples), layout);
    }

    /// <summary>Refuses a model of which it is not known what the input's axes mean.</summary>
    public static void ThrowIfUnfit(AudioClassifier model) => LayoutOf(model);

    /// <summary>A batch as planes: (N, channels, bins, frames); the same memory where they lie so.</summary>
    public FloatTensor ToPlanes(FloatTensor input)
    {
        if (IsInPlace)
            return input.Reshape(input.Shape[0], Planes, Bins, Frames);
        FloatTensor planes = new(input.Shape[0], Planes, Bins, Frames);
        for (int item = 0; item < input.Shape[0]; item++)
            Copy(input.Item(item).Span, planes.Item(item).Span, Planes, isToOwn: false);
        return planes;
    }

    /// <summary>Writes an item's planes in the model's own order.</summary>
    public void ToOwn(ReadOnlySpan<float> planes, Span<float> item)
    {
        if (IsInPlace)
            planes.CopyTo(item);
        else
            Copy(planes, item, Planes, isToOwn: true);
    }

    /// <summary>One plane per item: what a map is written to.</summary>
    public FloatTensor NewMaps(int items) => new(items, 1, Bins, Frames);

    /// <summary>Maps in the model's own order, with one channel where it has an axis of channels.</summary>
    public FloatTensor ToOwnMaps(FloatTensor maps)
    {
        int[] shape = new int[Layout.Axes.Count];
        for (int axis = 0; axis < shape.Length; axis++)
            shape[axis] = Layout.Axes[axis] switch
            {
                InputAxis.Items => maps.Shape[0],
                InputAxis.Channels => 1,
                InputAxis.Frequency or InputAxis.Features => Bins,
                _ => Frames,
            };
        ItemGeometry single = this with { Planes = 1 };
        if (single.IsInPlace)
            return maps.Reshape(shape);
        FloatTensor own = new(shape);
        for (int item = 0; item < shape[0]; item++)
            single.Copy(maps.Item(item).Span, own.Item(item).Span, 1, isToOwn: true);
        return own;
    }

    /// <summary>The item's planes averaged: what segmentation looks at.</summary>
    public TimeFrequencyMap MeanPlane(ReadOnlySpan<float> planes)
    {
        TimeFrequencyMap mean = new(planes[..Cells].ToArray(), Bins, Frames);
        for (int plane = 1; plane < Planes; plane++)
            TensorPrimitives.Add(mean.Span, planes.Slice(plane * Cells, Cells), mean.Span);
        if (Planes > 1)
            TensorPrimitives.Divide(mean.Span, Planes, mean.Span);
        return mean;
    }

    private static InputLayout LayoutOf(AudioClassifier model) =>
        model.Layout
        ?? throw new ArgumentException(
            $"{model.Name}: it is not clear what the axes of the input {model.Graph.Input} mean, and this method hides bins and frames: "
                + "say so by the contract's 'layout' (--layout \"n f t\", n items, c channels, f frequency, t time, s samples, d "
                + "features).");

    private (int Plane, int Bin, int Frame) Strides()
    {
        int plane = 0, bin = 0, frame = 0, stride = 1;
        for (int axis = Layout.Axes.Count - 1; axis >= 0; axis--)
            switch (Layout.Axes[axis])
            {
                case InputAxis.Channels:
                    (plane, stride) = (stride, stride * Planes);
                    break;
                case InputAxis.Frequency or InputAxis.Features:
                    (bin, stride) = (stride, stride * Bins);
                    break;
                case InputAxis.Time or InputAxis.Samples:
                    (frame, stride) = (stride, stride * Frames);
                    break;
            }

        return (plane, bin, frame);
    }

    private void Copy(ReadOnlySpan<float> source, Span<float> target, int planes, bool isToOwn)
    {
        (int perPlane, int perBin, int perFrame) = Strides();
        int cell = 0;
        for (int plane = 0; plane < planes; plane++)
            for (int bin = 0; bin < Bins; bin++)
                for (int frame = 0; frame < Frames; frame++, cell++)
                {
                    int own = (plane * perPlane) + (bin * perBin) + (frame * perFrame);
                    if (isToOwn)
                        target[own] = source[cell];
                    else
                        target[cell] = source[own];
                }
    }
}
