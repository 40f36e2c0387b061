using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AudioEmotionXai;

/// <summary>
/// The length of an axis during shape inference: a number, or an expression in the model's free lengths plus a number.
/// Equal expressions are equal values, so that two branches of a residual sum are seen to have one length.
/// </summary>
/// <param name="Base">The free part, or null for a plain number.</param>
/// <param name="Offset">The number, or what is added to the free part.</param>
internal readonly record struct Dim(string? Base, long Offset)
{
    private const int LongestExpression = 200;

    /// <summary>The free part. A long one is cut to its hash: equal expressions stay equal, and a graph that doubles them ever again cannot
    /// fill the memory.</summary>
    public string? Base { get; } = Shortened(Base);

    public bool IsFixed => Base is null;

    /// <summary>Whether the length is only a name for what is not known: a tensor's own, with the axis.</summary>
    public bool IsMadeUp => Base?.Contains('[', StringComparison.Ordinal) == true;

    public long? Value => Base is null ? Offset : null;

    public static implicit operator Dim(long value) => new(null, value);

    public static Dim operator +(Dim left, Dim right)
    {
        if (left.Base is null || right.Base is null)
            return new Dim(left.Base ?? right.Base, left.Offset + right.Offset);
        return new Dim(Ordered(left.Base, "+", right.Base), left.Offset + right.Offset);
    }

    public static Dim operator -(Dim left, Dim right)
    {
        if (right.Base is null)
            return new Dim(left.Base, left.Offset - right.Offset);
        return left.Base == right.Base ? left.Offset - right.Offset : new Dim($"({left}-{right})", 0);
    }

    public static Dim operator *(Dim left, Dim right)
    {
        if (left.Base is null && right.Base is null)
            return left.Offset * right.Offset;
        if (left == 1 || right == 0)
            return right;
        if (right == 1 || left == 0)
            return left;
        return new Dim(Ordered(left.ToString(), "*", right.ToString()), 0);
    }

    /// <summary>The quotient rounded down; remainders move inside, so that equal lengths get equal names.</summary>
    public static Dim FloorDivide(Dim length, long divisor)
    {
        if (divisor == 1)
            return length;
        long quotient = Math.DivRem(length.Offset, divisor, out long rest);
        if (rest < 0)
            (quotient, rest) = (quotient - 1, rest + divisor);
        return length.Base is null
            ? quotient
            : new Dim(string.Create(CultureInfo.InvariantCulture, $"floor(({length.Base}+{rest})/{divisor})"), quotient);
    }

    public static Dim CeilDivide(Dim length, long divisor) => FloorDivide(length + (divisor - 1), divisor);

    public static Dim Product(ReadOnlySpan<Dim> dims)
    {
        Dim product = 1;
        foreach (Dim dim in dims)
            product *= dim;
        return product;
    }

    public static Dim FromDeclared(OnnxDimension declared, string fallback) =>
        declared.Value is { } value ? value : new Dim(declared.Symbol ?? fallback, 0);

    public OnnxDimension ToDeclared() =>
        Base is null ? Offset
        : Base.Contains('(', StringComparison.Ordinal) || Offset != 0 ? default
        : new OnnxDimension(null, Base);

    public override string ToString()
    {
        if (Base is null)
            return Offset.ToString(CultureInfo.InvariantCulture);
        return Offset == 0 ? Base : string.Create(CultureInfo.InvariantCulture, $"({Base}{Offset:+0;-0})");
    }

    private static string? Shortened(string? expression) => expression?.Length > LongestExpression
        ? $"(#{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(expression)))})"
        : expression;

    private static string Ordered(string left, string sign, string right) =>
        string.CompareOrdinal(left, right) <= 0 ? $"({left}{sign}{right})" : $"({right}{sign}{left})";
}
