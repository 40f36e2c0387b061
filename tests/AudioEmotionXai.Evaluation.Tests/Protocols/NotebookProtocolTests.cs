namespace AudioEmotionXai.Evaluation.Tests;

public sealed class NotebookProtocolTests
{
    [Test]
    public void ThePercentileInterpolatesBetweenNeighbours()
    {
        Assert.Multiple(() =>
        {
            Assert.That(NotebookMask.PercentileOf([4, 1, 3, 2], 80), Is.EqualTo(3.4).Within(1e-12));
            Assert.That(NotebookMask.PercentileOf([7], 80), Is.EqualTo(7));
        });
    }

    [Test]
    public void TheTopFifthIsStrictlyAboveThePercentile()
    {
        float[] map = [.. Enumerable.Range(0, 18048).Select(i => (float)((i * 7919L) % 18048))];
        Assert.That(NotebookMask.Choose(map, NotebookMaskRule.TopShare).Count(true), Is.EqualTo(3610));
    }

    [Test]
    public void SignedMapsAreMaskedByMagnitude() =>
        Assert.That(NotebookMask.Choose([-9, 1, 2, 3, 4], NotebookMaskRule.TopMagnitude), Is.EqualTo(new[] { true, false, false, false, false }));

    [Test]
    public void SilenceIsMaskedAboveAHalf() =>
        Assert.That(NotebookMask.Choose([0.5f, 0.51f, 1], NotebookMaskRule.AboveHalf), Is.EqualTo(new[] { false, true, true }));

    [Test]
    public void LimeMasksThePositiveOnesOfTheThirtyLargestSegments()
    {
        float[] map = [.. Enumerable.Range(1, 40).Select(i => i % 2 == 0 ? -i : (float)i)];
        bool[] mask = NotebookMask.Choose(map, NotebookMaskRule.PositiveSegments);
        Assert.That(mask.Index().Where(cell => cell.Item).Select(cell => map[cell.Index]), Is.EqualTo(Enumerable.Range(11, 30).Where(i => i % 2 == 1)));
    }

    [Test]
    public void AMapWithoutPositiveSegmentsMasksNothing() =>
        Assert.That(NotebookMask.Choose([-1, 0, -2], NotebookMaskRule.PositiveSegments), Has.All.False);

    [Test]
    public void MaskedCellsTakeTheClipsMeanAndAsManyRandomCellsAreMasked()
    {
        PatchModel model = new(4, 5, 1, 1, 2, 2);
        float[] sample = model.Sample(3);
        bool[] mask = NotebookMask.Choose(model.Weights, NotebookMaskRule.AboveHalf);
        float probability = model.Probability(sample), mean = sample.Average();
        NotebookDrop[] drops = NotebookProtocol.Measure(model.Batch(), sample, [mask, mask], 0, probability, seed: 0);
        float[] scattered = [.. sample];
        foreach (int cell in new NumPyRandom(0).Choice(20, 4))
            scattered[cell] = mean;
        Assert.Multiple(() =>
        {
            Assert.That(drops[0].Masked, Is.EqualTo(4));
            Assert.That(drops[0].Important, Is.EqualTo(probability - (1 / (1 + MathF.Exp(-4 * mean)))).Within(1e-6));
            Assert.That(drops[0].Random, Is.EqualTo(probability - model.Probability(scattered)).Within(1e-6));
            Assert.That(drops[1], Is.EqualTo(drops[0]));
            Assert.That(model.Runs, Is.EqualTo(3), "masks of one size share their random cells");
        });
    }
}
