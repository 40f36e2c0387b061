namespace AudioEmotionXai;

/// <summary>The type of a tensor's elements; the numbers are those of the ONNX format.</summary>
public enum OnnxElementType
{
    /// <summary>Not said.</summary>
    Undefined = 0,

    /// <summary>32-bit float.</summary>
    Float = 1,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8 = 2,

    /// <summary>8-bit signed integer.</summary>
    Int8 = 3,

    /// <summary>16-bit unsigned integer.</summary>
    UInt16 = 4,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 5,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 6,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,

    /// <summary>True or false.</summary>
    Bool = 9,

    /// <summary>16-bit float.</summary>
    Float16 = 10,

    /// <summary>64-bit float.</summary>
    Double = 11,

    /// <summary>32-bit unsigned integer.</summary>
    UInt32 = 12,

    /// <summary>64-bit unsigned integer.</summary>
    UInt64 = 13,

    /// <summary>Brain float, 16 bits.</summary>
    BFloat16 = 16,
}

/// <summary>The sizes of elements.</summary>
internal static class OnnxElements
{
    /// <summary>Half bytes of one element; 0 for text and for what is not known.</summary>
    public static int HalfBytesOf(int type) => type switch
    {
        (int)OnnxElementType.Int64 or (int)OnnxElementType.UInt64 or (int)OnnxElementType.Double or Complex64 => 16,
        (int)OnnxElementType.Float or (int)OnnxElementType.Int32 or (int)OnnxElementType.UInt32 => 8,
        (int)OnnxElementType.Float16 or (int)OnnxElementType.BFloat16 or (int)OnnxElementType.Int16 or (int)OnnxElementType.UInt16 => 4,
        (int)OnnxElementType.Bool or (int)OnnxElementType.Int8 or (int)OnnxElementType.UInt8 or >= Float8 and < UInt4 => 2,
        Complex128 => 32,
        >= UInt4 and <= Float4 => 1,
        _ => 0,
    };

    // Types that weights can have in a file, and that nothing here computes with: of 8 bits from 17, of 4 bits from 21
    private const int Complex64 = 14, Complex128 = 15, Float8 = 17, UInt4 = 21, Float4 = 23;
}
