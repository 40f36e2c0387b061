namespace AudioEmotionXai.Tests;

public sealed class ResizeTests
{
    [Test]
    public void HalfPixelCentresAreThoseOfPyTorch()
    {
        // torch.nn.functional.interpolate([[0, 1], [2, 3]], size=(4, 4), mode="bilinear", align_corners=False)
        TimeFrequencyMap map = BilinearResize.Resize(new TimeFrequencyMap(new float[] { 0, 1, 2, 3 }, 2, 2), 4, 4);
        float[] expected = [0, 0.25f, 0.75f, 1, 0.5f, 0.75f, 1.25f, 1.5f, 1.5f, 1.75f, 2.25f, 2.5f, 2, 2.25f, 2.75f, 3];
        Assert.That(map.Memory.ToArray(), Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void AlignedCornersAreKept()
    {
        TimeFrequencyMap map = BilinearResize.Resize(new TimeFrequencyMap(new float[] { 0, 3, 6, 9 }, 2, 2), 4, 3, alignCorners: true);
        Assert.That(map.Memory.ToArray(), Is.EqualTo(new float[] { 0, 1.5f, 3, 2, 3.5f, 5, 4, 5.5f, 7, 6, 7.5f, 9 }).Within(1e-6));
    }

    [TestCase(4, 5, 128, 141)]
    [TestCase(128, 141, 7, 11)]
    [TestCase(1, 1, 3, 2)]
    public void AConstantMapStaysConstantAndAMapOfTheSameSizeStays(int bins, int frames, int toBins, int toFrames)
    {
        TimeFrequencyMap constant = new(bins, frames);
        constant.Span.Fill(0.3f);
        Assert.That(BilinearResize.Resize(constant, toBins, toFrames).Memory.ToArray(), Is.All.EqualTo(0.3f).Within(1e-6));
        TimeFrequencyMap ramp = new(Enumerable.Range(0, bins * frames).Select(i => (float)i).ToArray(), bins, frames);
        Assert.That(BilinearResize.Resize(ramp, bins, frames).Memory.ToArray(), Is.EqualTo(ramp.Memory.ToArray()));
        Assert.That(BilinearResize.Resize(ramp, bins, frames, alignCorners: true).Memory.ToArray(), Is.EqualTo(ramp.Memory.ToArray()).Within(1e-3));
        Assert.That(NearestResize.Resize(ramp, bins, frames).Memory.ToArray(), Is.EqualTo(ramp.Memory.ToArray()));
    }

    [Test]
    public void NearestRepeatsCells()
    {
        TimeFrequencyMap map = NearestResize.Resize(new TimeFrequencyMap(new float[] { 1, 2 }, 1, 2), 2, 5);
        Assert.That(map.Memory.ToArray(), Is.EqualTo(new float[] { 1, 1, 1, 2, 2, 1, 1, 1, 2, 2 }));
    }

    [Test]
    public void ALayerSizedMapEnlargesAsTheReferenceDid()
    {
        FloatTensor low = GoldenAttributions.EveryExpected("gradcam_layer4_lowres");
        FloatTensor full = GoldenAttributions.EveryExpected("gradcam_layer4_notebook");
        for (int i = 0; i < low.Shape[0]; i++)
        {
            TimeFrequencyMap cam = new(low.Item(i).Memory.ToArray(), 4, 5);
            float least = cam.Memory.ToArray().Min();
            float most = cam.Memory.ToArray().Max() - least;
            foreach (ref float value in cam.Span)
                value = (value - least) / (most + 1e-8f);
            TimeFrequencyMap large = BilinearResize.Resize(cam, 128, 141);
            Assert.That(large.Memory.ToArray(), Is.EqualTo(full.Item(i).Memory.ToArray()).Within(1e-5));
        }
    }
}
