using System.Globalization;
using System.Numerics.Tensors;

namespace AudioEmotionXai;

/// <summary>One quotient of a linear rule: relevance over the sum of its branches.</summary>
/// <param name="Weight">Its share in the whole: alpha, or -beta.</param>
/// <param name="Outputs">Which outputs of the layer it serves, by the sign of their value.</param>
/// <param name="Branches">What its z is the sum of.</param>
internal sealed record LinearTerm(float Weight, OutputSign Outputs, params LinearBranch[] Branches);

/// <summary>One part of a term's z: a linear map of part of the input with part of the weights.</summary>
/// <param name="Input">The part of the input.</param>
/// <param name="Weight">The part of the weights, any coefficient included.</param>
/// <param name="Bias">Whether the same part of the bias is added.</param>
internal readonly record struct LinearBranch(InputPart Input, WeightPart Weight, bool Bias);

/// <summary>The outputs of a layer that a term serves: all, those above zero, or those below.</summary>
internal enum OutputSign { Any, Positive, Negative }

/// <summary>What a branch of a linear rule feeds in place of the input x: x, max(x, 0), min(x, 0), 1 everywhere, or the lowest or highest
/// value that the input can have.</summary>
internal enum InputPart { All, Positive, Negative, One, Low, High }

/// <summary>What a branch of a linear rule takes in place of the weights W: positive and negative weights scaled apart, squares, or
/// ones.</summary>
/// <param name="Kind">What is taken of each weight.</param>
/// <param name="Positive">The factor of positive weights; of all of them where the kind is not signed.</param>
/// <param name="Negative">The factor of negative weights.</param>
internal readonly record struct WeightPart(WeightKind Kind, float Positive, float Negative)
{
    /// <summary>W.</summary>
    public static WeightPart Original { get; } = Signed(1, 1);

    /// <summary>max(W, 0).</summary>
    public static WeightPart PositiveOnly { get; } = Signed(1, 0);

    /// <summary>min(W, 0).</summary>
    public static WeightPart NegativeOnly { get; } = Signed(0, 1);

    /// <summary>W².</summary>
    public static WeightPart Square { get; } = new(WeightKind.Square, 1, 1);

    /// <summary>1.</summary>
    public static WeightPart One { get; } = new(WeightKind.One, 1, 1);

    /// <summary>Positive and negative weights, each times a factor.</summary>
    public static WeightPart Signed(float positive, float negative) => new(WeightKind.Signed, positive, negative);

    /// <summary>The sign that all weights of this part share.</summary>
    public Sign Sign
    {
        get
        {
            float negative = Kind is WeightKind.Signed ? -Negative : Positive;
            if (Positive >= 0 && negative >= 0)
                return Sign.NonNegative;
            return Positive <= 0 && negative <= 0 ? Sign.NonPositive : Sign.Unknown;
        }
    }

    /// <summary>Names the part in the keys of shared constants.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Positive:R}:{Negative:R}");

    /// <summary>The part, times a factor.</summary>
    public WeightPart Times(float factor) => this with { Positive = Positive * factor, Negative = Negative * factor };

    /// <summary>The part of given weights.</summary>
    public float[] Of(ReadOnlySpan<float> weights)
    {
        float[] part = new float[weights.Length];
        switch (Kind)
        {
            case WeightKind.One:
                Array.Fill(part, Positive);
                break;
            case WeightKind.Square:
                TensorPrimitives.Multiply(weights, weights, part);
                TensorPrimitives.Multiply(part, Positive, part);
                break;
            default:
                for (int i = 0; i < part.Length; i++)
                    part[i] = weights[i] * (weights[i] > 0 ? Positive : Negative);
                break;
        }

        return part;
    }
}

/// <summary>What a <see cref="WeightPart"/> takes of each weight: itself, its square, or one whatever it is.</summary>
internal enum WeightKind { Signed, Square, One }
