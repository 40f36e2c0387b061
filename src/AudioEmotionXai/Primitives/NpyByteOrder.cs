namespace AudioEmotionXai;

/// <summary>Turns the bytes of every element round where the file's order is not the machine's.</summary>
internal static class NpyByteOrder
{
    public static void ToNative(Span<byte> bytes, NpyDescriptor descriptor)
    {
        int unit = descriptor.Unit;
        if (unit == 1 || descriptor.BigEndian != BitConverter.IsLittleEndian)
            return;
        for (int i = 0; i < bytes.Length; i += unit)
            bytes.Slice(i, unit).Reverse();
    }
}
