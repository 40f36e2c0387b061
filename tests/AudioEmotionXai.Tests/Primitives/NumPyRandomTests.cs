namespace AudioEmotionXai.Tests;

/// <summary>Reference values: NumPy 1.24, <c>np.random.RandomState</c>.</summary>
public sealed class NumPyRandomTests
{
    [Test]
    public void TheTenThousandthWordOfTheReferenceSeedIsTheOneOfTheStandard()
    {
        // ISO C++ [rand.predef]: the 10000th invocation of a default mt19937 gives 4123659995
        NumPyRandom random = new(5489);
        Assert.That(random.NextUInt32(), Is.EqualTo(3499211612u));
        for (int i = 2; i < 10000; i++)
            random.NextUInt32();
        Assert.That(random.NextUInt32(), Is.EqualTo(4123659995u));
    }

    [Test]
    public void RandomSampleEqualsNumPy()
    {
        NumPyRandom random = new(0);
        double[] expected = [0.5488135039273248, 0.7151893663724195, 0.6027633760716439];
        Assert.That(expected.Select(_ => random.NextDouble()), Is.EqualTo(expected));
    }

    [Test]
    public void NormalsEqualNumPyOneByOneAndFilled()
    {
        NumPyRandom one = new(0);
        double[] filled = new double[5];
        new NumPyRandom(0).FillNormal(filled, 0, 1);
        double[] expected = [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458, 1.8675579901499675];
        Assert.That(expected.Select(_ => one.Normal()), Is.EqualTo(expected).Within(1e-15));
        Assert.That(filled, Is.EqualTo(expected).Within(1e-15));
    }

    [Test]
    public void FillingInPiecesOrAtOnceGivesTheSameNormals([Values(1, 2, 7, 311, 1000)] int piece)
    {
        double[] whole = new double[2001];
        new NumPyRandom(9).FillNormal(whole, 1, 0.5);
        double[] pieces = new double[2001];
        NumPyRandom random = new(9);
        for (int i = 0; i < pieces.Length; i += piece)
            random.FillNormal(pieces.AsSpan(i, Math.Min(piece, pieces.Length - i)), 1, 0.5);
        NumPyRandom single = new(9);
        Assert.That(pieces, Is.EqualTo(whole));
        Assert.That(whole.Select(_ => single.Normal(1, 0.5)), Is.EqualTo(whole));
    }

    [Test]
    public void IntegersEqualNumPy()
    {
        NumPyRandom random = new(42);
        long[] expected = [102, 435, 860, 270, 106];
        Assert.That(expected.Select(_ => random.Integer(0, 1000)), Is.EqualTo(expected));
    }

    [Test]
    public void BitsAreIntegersBelowTwo()
    {
        NumPyRandom random = new(3);
        byte[] bits = new byte[1500];
        new NumPyRandom(3).FillBits(bits);
        Assert.That(bits, Is.EqualTo(bits.Select(_ => (byte)random.Integer(0, 2))));
    }

    [Test]
    public void PermutationsEqualNumPy()
    {
        Assert.That(new NumPyRandom(42).Permutation(10), Is.EqualTo(new[] { 8, 1, 5, 0, 7, 2, 9, 4, 3, 6 }));
        Assert.That(new NumPyRandom(0).Permutation(10), Is.EqualTo(new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 }));
        Assert.That(new NumPyRandom(0).Choice(10, 4), Is.EqualTo(new[] { 2, 8, 4, 9 }));
    }

    [Test]
    public void IntegersStayInTheirRangeForSmallAndLargeRanges([Values(1, 2, 3, 1000, 1L << 31, 1L << 32, (1L << 32) + 1, long.MaxValue)] long range)
    {
        NumPyRandom random = new(1);
        for (int i = 0; i < 200; i++)
            Assert.That(random.Integer(-5, -5 + range), Is.InRange(-5L, -6 + range));
    }

    [Test]
    public void AnEmptyRangeIsRefused() => Assert.That(() => new NumPyRandom(1).Integer(3, 3), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
