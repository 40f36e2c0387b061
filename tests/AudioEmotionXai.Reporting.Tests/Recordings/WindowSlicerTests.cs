namespace AudioEmotionXai.Reporting.Tests;

public sealed class WindowSlicerTests
{
    [Test]
    public void WindowsCoverTheSamplesExactly([Range(1, 60)] int count, [Values(1, 4, 7, 10)] int hop)
    {
        const int Length = 10;
        float[] samples = [.. Enumerable.Range(0, count).Select(i => i / 128f)];
        bool[] isCovered = new bool[count];
        long last = -1;
        WindowSlicer slicer = new(Reader(samples), Length, hop);
        while (slicer.MoveNext())
        {
            Assert.That(slicer.Start, last < 0 ? Is.Zero : Is.InRange(last + 1, last + hop));
            Assert.That(slicer.Count, Is.EqualTo(Math.Min(Length, count)), "full, where the samples suffice");
            Assert.That(slicer.Samples.ToArray(), Is.EqualTo(samples.AsSpan((int)slicer.Start, slicer.Count).ToArray()));
            isCovered.AsSpan((int)slicer.Start, slicer.Count).Fill(true);
            last = slicer.Start;
        }

        Assert.That(isCovered, Is.All.True);
        Assert.That(last, Is.EqualTo(Math.Max(0, count - Length)), "the last one ends where the samples do");
        Assert.That(slicer.MoveNext(), Is.False);
    }

    private static WavSampleReader Reader(float[] samples)
    {
        byte[] data = [.. samples.SelectMany(BitConverter.GetBytes)];
        return WavSampleReader.Open(new MemoryStream(WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(3, 1, 8000, 32)), WavBuilder.Chunk("data", data))), "samples");
    }
}
