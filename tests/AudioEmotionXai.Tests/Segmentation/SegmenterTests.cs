namespace AudioEmotionXai.Tests;

public sealed class SegmenterTests
{
    [Test]
    public void TheDefaultGridIsTheNotebooks()
    {
        SegmentMap map = new GridSegmenter().Segment(new TimeFrequencyMap(128, 141));
        Assert.That(map.Labels.ToArray(), Is.EqualTo(LimeGolden.Segments.ToInt32s()));
        Assert.That(map.Count, Is.EqualTo(96));
    }

    [TestCase(128, 141)]
    [TestCase(3, 2)]
    [TestCase(1, 1)]
    public void AGridNeverHasEmptyCells(int bins, int frames)
    {
        SegmentMap map = new GridSegmenter().Segment(new TimeFrequencyMap(bins, frames));
        Assert.That(map.Count, Is.EqualTo(Math.Min(8, bins) * Math.Min(12, frames)));
    }

    [TestCase("grid:8x12", "grid:8x12")]
    [TestCase("grid", "grid:8x12")]
    [TestCase("grid:3x5", "grid:3x5")]
    [TestCase("slic:50,0.2,1.5", "slic:50,0.2,1.5")]
    [TestCase("slic:50", "slic:50,0.3,0")]
    [TestCase("content", "slic:100,0.3,1")]
    [TestCase("some/labels.npy", "some/labels.npy")]
    [SetCulture("pl-PL")]
    public void TextNamesASegmenterThatNamesItself(string text, string expected) =>
        Assert.That(Segmenter.Parse(text, null).ToString(), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("grid:8")]
    [TestCase("grid:0x3")]
    [TestCase("grid:-1x3")]
    [TestCase("slic:0")]
    [TestCase("slic:10,0")]
    [TestCase("slic:10,x")]
    [TestCase("slic:10,1,-1")]
    [TestCase("slic:1,2,3,4")]
    [TestCase("voronoi")]
    public void OtherTextIsRefusedWithWhatIsPossible(string text) =>
        Assert.That(() => Segmenter.Parse(text, null), Throws.ArgumentException.With.Message.Contains("grid:ROWSxCOLUMNS"));

    [Test]
    public void LabelsFromAFileAreRenumbered()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".npy");
        try
        {
            NpyFile.Write(path, NpyArray.From(new long[] { 7, 7, 1, 9, 9, 1 }, 2, 3));
            Assert.That(Segmenter.Parse(path, null).Segment(new TimeFrequencyMap(2, 3)).Labels.ToArray(), Is.EqualTo(new[] { 1, 1, 0, 2, 2, 0 }));
            Assert.That(() => Segmenter.Parse(path, null).Segment(new TimeFrequencyMap(3, 2)), Throws.ArgumentException.With.Message.Contains("(2, 3); expected (3, 2)"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void LabelsMustBeConsecutive()
    {
        Assert.That(() => new SegmentMap([0, 2, 2], 1, 3), Throws.ArgumentException.With.Message.Contains("label 1"));
        Assert.That(() => new SegmentMap([0, -1], 1, 2), Throws.ArgumentException.With.Message.Contains("label -1"));
        Assert.That(() => new SegmentMap([0, int.MaxValue], 1, 2), Throws.ArgumentException);
        Assert.That(() => new SegmentMap([0, 1], 1, 3), Throws.ArgumentException.With.Message.Contains("3 labels, but 2"));
    }

    [Test]
    public void BoundariesLieWhereLabelsChangeAndPaintFillsSegments()
    {
        SegmentMap map = new([0, 0, 1, 0, 0, 1, 2, 2, 2], 3, 3);
        Assert.That(map.Boundaries().Memory.ToArray(), Is.EqualTo(new[] { false, true, false, true, true, true, false, false, false }));
        Assert.That(map.Paint([5, 6, 7]).Memory.ToArray(), Is.EqualTo(new float[] { 5, 5, 6, 5, 5, 6, 7, 7, 7 }));
        Assert.That(map.Sizes.ToArray(), Is.EqualTo(new[] { 4, 2, 3 }));
    }
}
