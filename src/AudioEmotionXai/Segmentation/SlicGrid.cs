namespace AudioEmotionXai;

/// <summary>Where clusters begin: a regular grid of about so many points over a map, as scikit-image's <c>util.regular_grid((1, bins,
/// frames), points)</c>.</summary>
/// <param name="StartBin">The first point's bin.</param>
/// <param name="StepBin">Bins from point to point.</param>
/// <param name="StartFrame">The first point's frame.</param>
/// <param name="StepFrame">Frames from point to point.</param>
/// <param name="Rows">Points along the bins.</param>
/// <param name="Columns">Points along the frames.</param>
internal readonly record struct SlicGrid(int StartBin, int StepBin, int StartFrame, int StepFrame, int Rows, int Columns)
{
    /// <summary>The number of points.</summary>
    public int Count => Rows * Columns;

    public static SlicGrid Create(int bins, int frames, int points)
    {
        double area = (double)bins * frames;
        if (area <= points)
            return new SlicGrid(0, 1, 0, 1, bins, frames);
        // The axis of length 1 is settled first; an axis shorter than the step is taken whole and the rest goes to the longer one
        double step = Math.Sqrt(area / points);
        int shorter = Math.Min(bins, frames);
        double shortStep = shorter < step ? shorter : step;
        double longStep = shorter < step ? Math.Max(bins, frames) / (double)points : step;
        bool binsAreShorter = bins <= frames;
        return Create(bins, frames, binsAreShorter ? shortStep : longStep, binsAreShorter ? longStep : shortStep);
    }

    private static SlicGrid Create(int bins, int frames, double stepBin, double stepFrame)
    {
        int startBin = (int)Math.Floor(stepBin / 2),
            startFrame = (int)Math.Floor(stepFrame / 2);
        int wholeBin = (int)Math.Round(stepBin),
            wholeFrame = (int)Math.Round(stepFrame);
        return new SlicGrid(
            startBin, wholeBin, startFrame, wholeFrame, Points(bins, startBin, wholeBin), Points(frames, startFrame, wholeFrame));
    }

    private static int Points(int length, int start, int step) => (length - start + step - 1) / step;
}
