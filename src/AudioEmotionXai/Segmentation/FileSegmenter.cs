using System.Security.Cryptography;

namespace AudioEmotionXai;

/// <summary>Segments drawn elsewhere: an .npy file with a whole number for every cell, (bins, frames). Any numbers do; they are renumbered
/// from 0 in ascending order.</summary>
/// <param name="Path">The file.</param>
public sealed record FileSegmenter(string Path) : Segmenter
{
    /// <summary>The path and the SHA-256 of what the file holds now.</summary>
    protected internal override string? OptionsText
    {
        get
        {
            InputFile.ThrowIfNoContent(Path, message => new NpyFormatException(message));
            return $"{Path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path)))}";
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NpyFormatException">The file is damaged or does not hold whole numbers.</exception>
    /// <exception cref="ArgumentException">Its shape is not the map's.</exception>
    public override SegmentMap Segment(TimeFrequencyMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        NpyArray array = NpyFile.ReadArray(Path);
        if (array.Shape is not [int bins, int frames] || bins != map.Bins || frames != map.Frames)
            throw new ArgumentException(
                $"{Path}: the labels have shape {FloatTensor.Describe(array.Shape)}; expected ({map.Bins}, {map.Frames}).", nameof(map));
        return SegmentMap.Renumber(array.ToInt32s(), bins, frames);
    }

    /// <summary>The file's path.</summary>
    public override string ToString() => Path;
}
