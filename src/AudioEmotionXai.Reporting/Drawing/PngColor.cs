namespace AudioEmotionXai.Reporting;

/// <summary>What a PNG file's samples mean; the value is the colour type of the format.</summary>
internal enum PngColor
{
    /// <summary>One sample per pixel: brightness.</summary>
    Grey = 0,

    /// <summary>Three samples per pixel.</summary>
    Rgb = 2,

    /// <summary>One sample per pixel: an entry of the palette.</summary>
    Indexed = 3,

    /// <summary>Four samples per pixel, the last one opacity.</summary>
    Rgba = 6,
}
