using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>
/// Superpixels that follow the content: simple linear iterative clustering of value and place, label for label as
/// scikit-image's <c>segmentation.slic</c> (0.19 to main) gives for a one-channel image with <c>start_label=0</c>.
/// </summary>
/// <remarks>
/// R. Achanta et al.: SLIC Superpixels Compared to State-of-the-Art Superpixel Methods, IEEE TPAMI 34(11), 2012,
/// doi:10.1109/TPAMI.2012.120. As in scikit-image, the map is first scaled to 0..1, always ten rounds are made, and connected pieces that
/// are too small join a neighbour. Unlike there, the default compactness is 0.3: with the customary 10, a one-channel map is divided as if
/// it were constant.
/// </remarks>
public sealed record SlicSegmenter : Segmenter
{
    /// <summary>About how many segments. Default 100.</summary>
    public int Segments { get; init; } = 100;

    /// <summary>How much place counts against value: 0.2 to 0.5 follow a spectrogram, 10 and more give squares. Default 0.3.</summary>
    public double Compactness { get; init; } = 0.3;

    /// <summary>The width of the Gaussian smoothing before, in cells; 0 for none. Default 0.</summary>
    public double Sigma { get; init; }

    /// <summary>The preset for spectrograms: about 100 segments, compactness 0.3, smoothed by one cell so that segments are not
    /// ragged.</summary>
    public static SlicSegmenter Content { get; } = new() { Segments = 100, Compactness = 0.3, Sigma = 1 };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is out of range, or the map holds a value that is not finite.</exception>
    public override SegmentMap Segment(TimeFrequencyMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        Validate();
        double[] image = ScaleToUnit(map);
        if (Sigma > 0)
            GaussianSmoothing.Apply(image, map.Bins, map.Frames, Sigma);
        TensorPrimitives.Multiply(image, 1.0 / Compactness, image);
        SlicGrid grid = SlicGrid.Create(map.Bins, map.Frames, Segments);
        int[] labels = new SlicClustering(image, map.Bins, map.Frames, grid).Run();
        double size = (double)map.Count / grid.Count;
        return new SegmentMap(
            SlicConnectivity.Enforce(labels, map.Bins, map.Frames, (int)(0.5 * size), (int)(3 * size)), map.Bins, map.Frames);
    }

    /// <inheritdoc/>
    protected internal override string? OptionsText => ToString();

    /// <summary>Such as <c>slic:100,0.3,0</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"slic:{Segments},{Compactness},{Sigma}");

    private void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Segments, 1);
        if (!(Compactness > 0) || !double.IsFinite(Compactness))
            throw new ArgumentException(FormattableString.Invariant($"Compactness is {Compactness}; expected a number above 0."));
        if (!(Sigma >= 0) || Sigma > 1000)
            throw new ArgumentException(FormattableString.Invariant($"Sigma is {Sigma}; expected 0 to 1000 cells."));
    }

    private static double[] ScaleToUnit(TimeFrequencyMap map)
    {
        double[] image = new double[map.Count];
        TensorPrimitives.ConvertTruncating<float, double>(map.Span, image);
        if (!double.IsFinite(TensorPrimitives.SumOfMagnitudes<double>(image)))
            throw new ArgumentException("The map holds a value that is not finite.", nameof(map));
        TensorPrimitives.Subtract(image, TensorPrimitives.Min<double>(image), image);
        double most = TensorPrimitives.Max<double>(image);
        if (most != 0)
            TensorPrimitives.Divide(image, most, image);
        return image;
    }
}
