using System.Globalization;

namespace AudioEmotionXai.Tests;

public sealed class SlicSegmenterTests
{
    [Test]
    public void EveryLabelOfTheGoldenFileIsScikitImages()
    {
        NpzFile golden = NpzFile.Read(SharedData.Require("goldens/slic_skimage.npz"));
        foreach (string name in golden.Names.Where(name => name.StartsWith("labels_", StringComparison.Ordinal)))
        {
            string[] parts = name.Split('_');
            TimeFrequencyMap map = new(golden[$"input_{parts[1]}"].ToFloats(), 128, 141);
            SlicSegmenter slic = new() { Segments = (int)Number(parts[2]), Compactness = Number(parts[3]), Sigma = Number(parts[4]) };
            int[] expected = golden[name].ToInt32s();
            int[] found = slic.Segment(map).Labels.ToArray();
            double equal = found.Zip(expected, (a, b) => a == b ? 1.0 : 0).Average();
            TestContext.Out.WriteLine(FormattableString.Invariant($"{name}: {100 * equal:F3} %"));
            Assert.That(found, Is.EqualTo(expected), name);
        }

        static double Number(string part) => double.Parse(part.AsSpan(1), CultureInfo.InvariantCulture);
    }

    [TestCase("labels_0_n100_c0.3_s1.0", 0, 100, 0.3, 1.0)]
    [TestCase("labels_1_n50_c0.1_s0", 4, 50, 0.1, 0.0)]
    [TestCase("labels_1_n100_c10.0_s0", 4, 100, 10.0, 0.0)]
    public void BundledSamplesAreDividedAsByScikitImage(string name, int sample, int segments, double compactness, double sigma)
    {
        int[] expected = NpzFile.Read(SharedData.Fixture("slic_skimage.npz"))[name].ToInt32s();
        TimeFrequencyMap map = new(BundledSamples.Load().Spectrograms.Item(sample).Memory, 128, 141);
        SlicSegmenter slic = new() { Segments = segments, Compactness = compactness, Sigma = sigma };
        Assert.That(slic.Segment(map).Labels.ToArray(), Is.EqualTo(expected));
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
