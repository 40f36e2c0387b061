using static AudioEmotionXai.TestKit.WavBuilder;

namespace AudioEmotionXai.Tests;

public sealed class WavReaderTests
{
    private static readonly byte[] s_mono16 = Format(1, 1, 24000, 16);
    private static readonly byte[] s_threeSamples = [0, 0, 0, 0x40, 0, 0xC0];

    [TestCase(1, 8, "8000FF", new[] { 0f, -1f, 127 / 128f })]
    [TestCase(1, 16, "000000400080", new[] { 0f, 0.5f, -1f })]
    [TestCase(1, 24, "000000000040000080", new[] { 0f, 0.5f, -1f })]
    [TestCase(1, 32, "000000000000004000000080", new[] { 0f, 0.5f, -1f })]
    [TestCase(3, 32, "000000000000003F000080BF", new[] { 0f, 0.5f, -1f })]
    [TestCase(3, 64, "0000000000000000000000000000E03F000000000000F0BF", new[] { 0f, 0.5f, -1f })]
    public void EveryEncodingIsReadWithPlainAndExtensibleHeaders(int tag, int bits, string data, float[] expected)
    {
        byte[] chunk = Chunk("data", Convert.FromHexString(data));
        Assert.That(Samples(File(Chunk("fmt ", Format(tag, 1, 24000, bits)), chunk)), Is.EqualTo(expected));
        Assert.That(Samples(File(Chunk("fmt ", ExtensibleFormat(tag, 1, 24000, bits)), chunk)), Is.EqualTo(expected));
    }

    [Test]
    public void ChannelsAreAveraged()
    {
        byte[] stereo = [0, 0x40, 0, 0, 0, 0x80, 0, 0x40];
        Assert.That(Samples(File(Chunk("fmt ", Format(1, 2, 8000, 16)), Chunk("data", stereo))), Is.EqualTo(new[] { 0.25f, -0.25f }));
        byte[] five = [.. Enumerable.Repeat<byte>(192, 5), 128, 128, 128, 128, 208];
        Assert.That(Samples(File(Chunk("fmt ", Format(1, 5, 8000, 8)), Chunk("data", five))), Is.EqualTo(new[] { 0.5f, 0.125f }));
    }

    [Test]
    public void AnEighteenByteFormatChunkAndOtherChunksWithOddSizesAreWalkedOver()
    {
        byte[] file = File(
            Chunk("LIST", [1, 2, 3]), Chunk("fmt ", [.. s_mono16, 0, 0]), Chunk("fact", [3, 0, 0, 0]), Chunk("junk", [9]),
            Chunk("data", s_threeSamples), Chunk("id3 ", [1, 2, 3]));
        AudioClip clip = Read(file);
        Assert.That(clip.Samples.ToArray(), Is.EqualTo(new[] { 0f, 0.5f, -0.5f }));
        Assert.That(clip.SampleRate, Is.EqualTo(24000));
    }

    [Test]
    public void DataMayComeBeforeTheFormat() =>
        Assert.That(Samples(File(Chunk("data", s_threeSamples), Chunk("fmt ", s_mono16))), Is.EqualTo(new[] { 0f, 0.5f, -0.5f }));

    [TestCase(0u, 0u)]
    [TestCase(uint.MaxValue, uint.MaxValue)]
    [TestCase(uint.MaxValue, 0u)]
    [TestCase(0x7FFFF024u, 0x7FFFF000u)]
    [TestCase(0x80000024u, 0x80000000u)]
    public void AWriterThatNeverFilledInTheSizesIsReadToTheEnd(uint riff, uint data)
    {
        byte[] file = File("RIFF", riff, Chunk("fmt ", s_mono16), Chunk("data", [.. s_threeSamples, 7, 7], data), [1]);
        Assert.That(Samples(file), Has.Length.EqualTo(4));
    }

    [Test]
    public void AFileWithUnfinishedRiffSizeButKnownDataSizeIsReadAsItSays() =>
        Assert.That(Samples(File("RIFF", 0, Chunk("fmt ", s_mono16), Chunk("data", s_threeSamples), Chunk("LIST", [1, 2]))), Has.Length.EqualTo(3));

    [Test]
    public void Rf64TakesTheSizeFromItsOwnChunk([Values("RF64", "BW64")] string magic)
    {
        byte[] ds64 = [.. new byte[8], 6, 0, 0, 0, 0, 0, 0, 0, .. new byte[12]];
        byte[] file = File(magic, uint.MaxValue, Chunk("ds64", ds64), Chunk("fmt ", s_mono16), Chunk("data", s_threeSamples, uint.MaxValue));
        Assert.That(Samples(file), Is.EqualTo(new[] { 0f, 0.5f, -0.5f }));
        ds64[12] = 1;
        byte[] absurd = File("RF64", uint.MaxValue, Chunk("ds64", ds64), Chunk("fmt ", s_mono16), Chunk("data", s_threeSamples, uint.MaxValue));
        Assert.That(() => Read(absurd), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("declares 4294967302 bytes"));
    }

    [Test]
    public void EveryTruncationIsRefusedByName()
    {
        byte[] file = File(Chunk("junk", [1, 2, 3]), Chunk("fmt ", ExtensibleFormat(1, 1, 24000, 16)), Chunk("data", s_threeSamples));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.That(() => Read(file[..length]), Throws.InstanceOf<AudioFormatException>().With.Message.StartsWith("some.wav: "), $"cut at {length}");
            Assert.That(() => WavReader.Read(new ForwardOnlyStream(file[..length]), "pipe"), Throws.InstanceOf<AudioFormatException>().With.Message.StartsWith("pipe: "), $"cut at {length}");
        }

        Assert.That(WavReader.Read(new ForwardOnlyStream(file), "pipe").Samples.Length, Is.EqualTo(3));
    }

    [TestCase(0xF0000000u, "chunk 'data' at offset 36 declares 4026531840 bytes, but the file ends after 6")]
    [TestCase(uint.MaxValue, "declares 4294967295 bytes, but the file ends after 6")]
    [TestCase(5u, "has 5 bytes; expected a multiple of 2")]
    [TestCase(0u, "holds no sample")]
    public void ADataSizeThatIsWrongIsRefusedWithItsOffset(uint size, string reason) =>
        Assert.That(() => Read(File(Chunk("fmt ", s_mono16), Chunk("data", s_threeSamples, size))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains(reason));

    [Test]
    public void AHugeChunkBeforeTheDataIsRefused()
    {
        Assert.That(() => Read(File(Chunk("LIST", [1, 2], 0xFFFFFF00), Chunk("fmt ", s_mono16))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("'LIST' at offset 12"));
        Assert.That(() => Read(File(Chunk("fmt ", s_mono16, 0x7FFFFFFF))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("'fmt ' at offset 12"));
    }

    [TestCase(6, 1, 24000, 8, "format tag 6")]
    [TestCase(1, 0, 24000, 16, "0 channels")]
    [TestCase(1, 1, 0, 16, "sample rate of 0")]
    [TestCase(1, 1, 2000000000, 16, "sample rate of 2000000000")]
    [TestCase(1, 1, 24000, 12, "12 bits")]
    [TestCase(3, 1, 24000, 16, "16 bits")]
    public void AFormatThatIsNotReadIsRefusedWithItsValue(int tag, int channels, int rate, int bits, string reason) =>
        Assert.That(() => Read(File(Chunk("fmt ", Format(tag, channels, rate, bits)), Chunk("data", s_threeSamples))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains(reason).And.Message.Contains("'fmt ' at offset 12"));

    [Test]
    public void OtherDefectsOfTheHeaderAreRefused()
    {
        Assert.That(() => Read(File(Chunk("fmt ", Format(1, 1, 24000, 16, block: 3)))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("3 bytes a frame"));
        Assert.That(() => Read(File(Chunk("fmt ", s_mono16[..14]))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("14 bytes long"));
        Assert.That(() => Read(File(Chunk("fmt ", [0xFE, 0xFF, .. s_mono16[2..]]))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("at least 40"));
        byte[] foreign = ExtensibleFormat(1, 1, 24000, 16);
        foreign[30] ^= 0xFF;
        Assert.That(() => Read(File(Chunk("fmt ", foreign))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("sub-format"));
        Assert.That(() => Read(File("OggS", null, Chunk("fmt ", s_mono16))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("'OggS'"));
        byte[] avi = File(Chunk("fmt ", s_mono16));
        "AVI "u8.CopyTo(avi.AsSpan(8));
        Assert.That(() => Read(avi), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("form 'AVI '"));
    }

    [Test]
    public void SamplesThatAreNotNumbersAreRefused()
    {
        byte[] data = [.. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(float.NaN)];
        Assert.That(() => Read(File(Chunk("fmt ", Format(3, 1, 24000, 32)), Chunk("data", data))), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("sample 1 is NaN"));
    }

    [Test]
    public void RandomDamageNeverEscapesAsAnythingElse()
    {
        byte[] good = File(Chunk("junk", [1, 2, 3]), Chunk("fmt ", ExtensibleFormat(1, 2, 24000, 16)), Chunk("data", [.. s_threeSamples, 0, 0]));
        NumPyRandom random = new(11);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. good];
            for (int n = 0; n < 3; n++)
                damaged[random.Integer(0, damaged.Length)] = (byte)random.Integer(0, 256);
            try
            {
                _ = Read(damaged);
            }
            catch (AudioFormatException)
            {
            }
        }

        Assert.Pass();
    }

    [TestCase(WavEncoding.Pcm16, 0.5 / 32768)]
    [TestCase(WavEncoding.Float32, 0)]
    public void WhatIsWrittenIsReadBack(WavEncoding encoding, double tolerance)
    {
        float[] samples = [0, 0.1f, -0.7f, 0.99f, -1];
        using MemoryStream stream = new();
        WavWriter.Write(stream, new AudioClip(samples, 22050), encoding);
        stream.Position = 0;
        AudioClip read = WavReader.Read(stream, "round trip");
        Assert.That(read.SampleRate, Is.EqualTo(22050));
        Assert.That(read.Samples.ToArray(), Is.EqualTo(samples).Within(tolerance));
    }

    [Test]
    public void LoudSamplesAreClippedNotWrapped()
    {
        using MemoryStream stream = new();
        WavWriter.Write(stream, new AudioClip(new[] { 1.5f, -1.5f, 1f }, 8000));
        stream.Position = 0;
        Assert.That(WavReader.Read(stream, "x").Samples.ToArray(), Is.EqualTo(new[] { 32767 / 32768f, -1f, 32767 / 32768f }));
    }

    [Test]
    public void AClipRefusesSamplesThatAreNotNumbers() =>
        Assert.That(() => new AudioClip(new[] { 0, float.PositiveInfinity }, 8000), Throws.ArgumentException.With.Message.Contains("Sample 1"));

    private static AudioClip Read(byte[] file) => WavReader.Read(new MemoryStream(file), "some.wav");

    private static float[] Samples(byte[] file) => Read(file).Samples.ToArray();
}
