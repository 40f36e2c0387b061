namespace AudioEmotionXai.Checkpoints;

/// <summary>The checksum of a zip entry (polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = BuildTables();

    /// <summary>The checksum of the bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = crc ^ (uint)(bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24));
            crc = Tables[7][low & 0xff] ^ Tables[6][(low >> 8) & 0xff] ^ Tables[5][(low >> 16) & 0xff] ^ Tables[4][low >> 24]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
        }

        foreach (byte next in bytes)
            crc = Tables[0][(crc ^ next) & 0xff] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] BuildTables()
    {
        uint[][] tables = new uint[8][];
        for (int step = 0; step < 8; step++)
        {
            tables[step] = new uint[256];
            for (uint i = 0; i < 256; i++)
                tables[step][i] = step == 0 ? ShiftByte(i) : (tables[step - 1][i] >> 8) ^ tables[0][tables[step - 1][i] & 0xff];
        }

        return tables;
    }

    private static uint ShiftByte(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
