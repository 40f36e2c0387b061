using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>Finds values that no model should be given.</summary>
internal static class FiniteCheck
{
    /// <summary>Position of the first NaN or infinity, or -1.</summary>
    public static int IndexOfNotFinite(ReadOnlySpan<float> values)
    {
        // A sum of magnitudes is not finite as soon as one value is not; only then it is worth looking where.
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
            return -1;
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                return i;
        return -1;
    }
}
