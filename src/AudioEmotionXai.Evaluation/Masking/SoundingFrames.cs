using System.Numerics.Tensors;

namespace AudioEmotionXai.Evaluation;

/// <summary>The frames in which a clip sounds: from the first to the last that is not all at the clip's smallest value, as padding
/// is.</summary>
/// <param name="First">The first frame, or stretch.</param>
/// <param name="Count">How many there are; all of them where the whole clip is one value.</param>
internal readonly record struct SoundingFrames(int First, int Count)
{
    // Of the clip's range: a frame of padding is at the floor to the last bits
    private const float Tolerance = 1e-3f;

    /// <summary>The sounding frames of a clip.</summary>
    public static SoundingFrames Of(ReadOnlySpan<float> loudness, InputGrid grid)
    {
        float floor = TensorPrimitives.Min(loudness);
        float limit = floor + (Tolerance * (TensorPrimitives.Max(loudness) - floor));
        int first = 0, last = grid.Frames - 1;
        while (first <= last && IsSilent(loudness, grid, first, limit))
            first++;
        while (last > first && IsSilent(loudness, grid, last, limit))
            last--;
        return first > last ? new SoundingFrames(0, grid.Frames) : new SoundingFrames(first, last - first + 1);
    }

    private static bool IsSilent(ReadOnlySpan<float> loudness, InputGrid grid, int frame, float limit)
    {
        for (int bin = 0; bin < grid.Bins; bin++)
            if (loudness[(bin * grid.Frames) + frame] > limit)
                return false;
        return true;
    }
}
