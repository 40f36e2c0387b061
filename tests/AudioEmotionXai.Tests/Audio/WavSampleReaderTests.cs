using static AudioEmotionXai.TestKit.WavBuilder;

namespace AudioEmotionXai.Tests;

public sealed class WavSampleReaderTests
{
    private static readonly byte[] s_format = Format(1, 2, 24000, 24);
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 6 * 70001).Select(i => (byte)((i * 7919) >> 3))];

    private static readonly Dictionary<string, byte[]> s_files = new()
    {
        ["plain"] = File(Chunk("fmt ", s_format), Chunk("data", s_data)),
        ["with other chunks"] = File(Chunk("junk", [9]), Chunk("fmt ", [.. s_format, 0, 0]), Chunk("LIST", [1, 2, 3]), Chunk("data", s_data), Chunk("id3 ", [1])),
        ["data first"] = File(Chunk("data", s_data), Chunk("odd ", [1]), Chunk("fmt ", s_format)),
        ["unfinished"] = File("RIFF", 0, Chunk("fmt ", s_format), Chunk("data", [.. s_data, 7, 7], 0)),
        ["RF64"] = File("RF64", uint.MaxValue, Chunk("ds64", [.. new byte[8], .. UInt32((uint)s_data.Length), .. new byte[16]]), Chunk("fmt ", s_format), Chunk("data", s_data, uint.MaxValue)),
        ["one byte a sample"] = File(Chunk("fmt ", Format(1, 1, 8000, 8)), Chunk("data", s_data)),
        ["float"] = File(Chunk("fmt ", Format(3, 1, 8000, 32)), Chunk("data", [.. Enumerable.Range(0, 3001).SelectMany(i => BitConverter.GetBytes(i / 3001f))])),
    };

    private static IEnumerable<TestCaseData> Files => from name in s_files.Keys from block in new[] { 1 << 17, 4093, 1 } where block > 1 || name == "float" select new TestCaseData(name, block);

    [TestCaseSource(nameof(Files))]
    public void APieceAtATimeIsTheFileAtOnce(string name, int block)
    {
        AudioClip whole = WavReader.Read(new MemoryStream(s_files[name]), name);
        using WavSampleReader stream = WavSampleReader.Open(new MemoryStream(s_files[name]), name);
        Assert.That(stream.SampleRate, Is.EqualTo(whole.SampleRate));
        Assert.That(stream.SampleCount, Is.EqualTo(whole.Samples.Length));
        Assert.That(ReadAll(stream, block), Is.EqualTo(whole.Samples.ToArray()));
        if (name == "data first")
            return; // which a pipe cannot be
        using WavSampleReader pipe = WavSampleReader.Open(new ForwardOnlyStream(s_files[name]), name);
        Assert.That(pipe.SampleCount, Is.EqualTo(name == "unfinished" ? null : whole.Samples.Length));
    }

    [Test]
    public void APipeIsReadOnwards()
    {
        byte[] file = File(Chunk("LIST", [1, 2, 3]), Chunk("fmt ", Format(1, 1, 24000, 16)), Chunk("data", s_data[..1000]));
        using WavSampleReader stream = WavSampleReader.Open(new ForwardOnlyStream(file), "pipe");
        Assert.That(ReadAll(stream, 77), Is.EqualTo(WavReader.Read(new MemoryStream(file), "file").Samples.ToArray()));
        byte[] turned = File(Chunk("data", s_data[..1000]), Chunk("fmt ", Format(1, 1, 24000, 16)));
        Assert.That(() => WavSampleReader.Open(new ForwardOnlyStream(turned), "pipe"), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("pipe: chunk 'data' at offset 12 comes before the chunk 'fmt '"));
    }

    [Test]
    public void EveryTruncationIsRefusedByName()
    {
        byte[] file = File(Chunk("junk", [1, 2, 3]), Chunk("fmt ", ExtensibleFormat(1, 1, 24000, 16)), Chunk("data", [0, 0, 1, 1, 2, 2]));
        for (int length = 0; length < file.Length; length++)
            foreach (Func<byte[], Stream> open in new Func<byte[], Stream>[] { bytes => new MemoryStream(bytes), bytes => new ForwardOnlyStream(bytes) })
                Assert.That(() => ReadAll(WavSampleReader.Open(open(file[..length]), "some.wav"), 100), Throws.InstanceOf<AudioFormatException>().With.Message.StartsWith("some.wav: "), $"cut at {length}");
    }

    [Test]
    public void SamplesThatAreNotNumbersOrNotThereAreRefused()
    {
        byte[] broken = File(Chunk("fmt ", Format(3, 1, 8000, 32)), Chunk("data", [.. new byte[40000], .. BitConverter.GetBytes(float.NaN)]));
        Assert.That(() => ReadAll(WavSampleReader.Open(new MemoryStream(broken), "nan.wav"), 999), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("nan.wav: chunk 'data': sample 10000 is NaN"));
        byte[] empty = File(Chunk("fmt ", Format(1, 1, 8000, 16)), Chunk("data", []));
        Assert.That(() => ReadAll(WavSampleReader.Open(new MemoryStream(empty), "none.wav"), 999), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("holds no sample"));
        byte[] uneven = File(Chunk("fmt ", Format(1, 2, 8000, 16)), Chunk("data", [1, 2, 3, 4, 5, 6]));
        Assert.That(() => WavSampleReader.Open(new MemoryStream(uneven), "uneven.wav"), Throws.InstanceOf<AudioFormatException>().With.Message.Contains("has 6 bytes; expected a multiple of 4"));
    }

    [TestCase(44100, 24000, 30011)]
    [TestCase(8000, 24000, 5003)]
    [TestCase(24000, 16000, 40000)]
    [TestCase(11025, 48000, 1)]
    [TestCase(48000, 8000, 7)]
    [TestCase(47999, 24000, 20001)]
    public void ResamplingAPieceAtATimeIsResamplingAtOnce(int from, int to, int count)
    {
        byte[] file = File(Chunk("fmt ", Format(1, 1, from, 16)), Chunk("data", s_data[..(2 * count)]));
        float[] expected = Resampler.Resample(WavReader.Read(new MemoryStream(file), "file"), to).Samples.ToArray();
        foreach (int block in new[] { 1, 1000, 1 << 17 })
        {
            ISampleReader reader = ResamplingReader.AtRate(WavSampleReader.Open(new MemoryStream(file), "file"), to);
            Assert.That(reader.SampleCount, Is.EqualTo(expected.Length));
            Assert.That(ReadAll(reader, block), Is.EqualTo(expected).Within(1e-6), "the same taps over the same samples, added in single precision");
        }
    }

    private static float[] ReadAll(ISampleReader reader, int block)
    {
        List<float> all = [];
        float[] piece = new float[block];
        for (int read = block; read == block;)
        {
            read = reader.Read(piece);
            all.AddRange(piece.AsSpan(0, read));
        }

        return [.. all];
    }
}
