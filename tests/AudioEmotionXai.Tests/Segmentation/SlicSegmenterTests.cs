using System.Globalization;

namespace AudioEmotionXai.Tests;

public sealed class SlicSegmenterTests
{
    [Test]
    public void EveryLabelOfTheGoldenFileIsScikitImages()
    {
        NpzFile golden = NpzFile.Read(SharedData.Fixture("slic_skimage.npz"));
        Assert.That(golden.Names, Has.Count.EqualTo(24));
        foreach (string name in golden.Names)
        {
            string[] parts = name.Split('_');
            TimeFrequencyMap map = new(BundledSamples.Load().Spectrograms.Item(4 * (int)Number("s" + parts[1])).Memory, 128, 141);
            SlicSegmenter slic = new() { Segments = (int)Number(parts[2]), Compactness = Number(parts[3]), Sigma = Number(parts[4]) };
            int[] expected = golden[name].ToInt32s();
            int[] found = slic.Segment(map).Labels.ToArray();
            Assert.That(found, Is.EqualTo(expected), name);
        }

        static double Number(string part) => double.Parse(part.AsSpan(1), CultureInfo.InvariantCulture);
    }

    [Test]
    public void SegmentsFollowAnEdge()
    {
        TimeFrequencyMap map = new(40, 51);
        for (int bin = 0; bin < 40; bin++)
            map.Row(bin)[23..].Fill(1);
        SegmentMap segments = new SlicSegmenter { Segments = 12, Compactness = 0.1 }.Segment(map);
        for (int bin = 0; bin < 40; bin++)
            Assert.That(segments[bin, 22], Is.Not.EqualTo(segments[bin, 23]));
    }

    [TestCase(1, 1, 5)]
    [TestCase(1, 141, 10)]
    [TestCase(128, 1, 10)]
    [TestCase(3, 200, 7)]
    [TestCase(7, 5, 1000)]
    [TestCase(128, 141, 1)]
    public void AnyShapeIsCoveredByConsecutiveLabels(int bins, int frames, int segments)
    {
        NumPyRandom random = new(3);
        TimeFrequencyMap map = new(Enumerable.Range(0, bins * frames).Select(_ => (float)random.NextDouble()).ToArray(), bins, frames);
        SegmentMap result = new SlicSegmenter { Segments = segments, Sigma = 0.7 }.Segment(map);
        Assert.That(result.Labels.Length, Is.EqualTo(bins * frames));
        Assert.That(result.Sizes.ToArray().Sum(), Is.EqualTo(bins * frames));
    }

    [Test]
    public void AConstantMapGivesTheGrid() =>
        Assert.That(new SlicSegmenter { Segments = 4, Compactness = 10 }.Segment(new TimeFrequencyMap(20, 21)).Count, Is.EqualTo(4));

    [Test]
    public void ValuesThatAreNotFiniteAreRefused()
    {
        TimeFrequencyMap map = new(8, 9);
        map[3, 3] = float.NaN;
        Assert.That(() => new SlicSegmenter().Segment(map), Throws.ArgumentException);
        Assert.That(() => new SlicSegmenter { Compactness = 0 }.Segment(new TimeFrequencyMap(8, 9)), Throws.ArgumentException.With.Message.Contains("Compactness is 0"));
    }
}
