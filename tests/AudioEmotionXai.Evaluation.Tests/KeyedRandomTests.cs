namespace AudioEmotionXai.Evaluation.Tests;

public sealed class KeyedRandomTests
{
    [Test]
    public void TheSameKeysGiveTheSameNumbersAndOtherKeysOthers()
    {
        ulong first = new KeyedRandom(1, 2, 3).NextBits();
        Assert.Multiple(() =>
        {
            Assert.That(new KeyedRandom(1, 2, 3).NextBits(), Is.EqualTo(first));
            Assert.That(new KeyedRandom(1, 3, 2).NextBits(), Is.Not.EqualTo(first));
            Assert.That(new KeyedRandom(1, 2).NextBits(), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void IndicesAreEquallyLikely()
    {
        int[] counts = new int[7];
        KeyedRandom random = new(5);
        for (int i = 0; i < 70_000; i++)
            counts[random.NextIndex(7)]++;
        Assert.That(counts, Has.All.InRange(9_600, 10_400));
    }

    [Test]
    public void APermutationHoldsEveryNumberOnce() =>
        Assert.That(new KeyedRandom(9).NextPermutation(101), Is.EquivalentTo(Enumerable.Range(0, 101)));

    [Test]
    public void NormalNumbersHaveMeanZeroAndVarianceOne()
    {
        KeyedRandom random = new(11);
        double[] values = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextNormal())];
        Assert.Multiple(() =>
        {
            Assert.That(values.Average(), Is.EqualTo(0).Within(0.02));
            Assert.That(values.Average(value => value * value), Is.EqualTo(1).Within(0.03));
        });
    }
}
