namespace AudioEmotionXai;

/// <summary>What an <see cref="NpyArray"/> holds.</summary>
internal enum NpyElementType
{
    /// <summary>True or false, one byte each (b1).</summary>
    Boolean,

    /// <summary>Signed, 8 bits (i1).</summary>
    Int8,

    /// <summary>Signed, 16 bits (i2).</summary>
    Int16,

    /// <summary>Signed, 32 bits (i4).</summary>
    Int32,

    /// <summary>Signed, 64 bits (i8).</summary>
    Int64,

    /// <summary>Unsigned, 8 bits (u1).</summary>
    UInt8,

    /// <summary>Unsigned, 16 bits (u2).</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits (u4).</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits (u8).</summary>
    UInt64,

    /// <summary>Floating point, 16 bits (f2).</summary>
    Float16,

    /// <summary>Floating point, 32 bits (f4).</summary>
    Float32,

    /// <summary>Floating point, 64 bits (f8).</summary>
    Float64,

    /// <summary>Unicode text of a fixed number of characters, four bytes each (U).</summary>
    Text,
}
