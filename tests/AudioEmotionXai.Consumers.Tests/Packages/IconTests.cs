using PackageIcon;

namespace AudioEmotionXai.Consumers.Tests.Packages;

public sealed class IconTests
{
    private static readonly string s_icon = Repository.PathOf("tools", "PackageIcon", "icon.png");

    /// <summary>The packed icon is what its generator draws: 128 x 128 from a palette. Compressed bytes may differ between versions of zlib, sizes and colours may not.</summary>
    [Test]
    public void TheCommittedIconIsTheDrawnOne()
    {
        byte[] committed = File.ReadAllBytes(s_icon), drawn = Icon.ToPng();
        Assert.That(committed.AsSpan(0, 33).ToArray(), Is.EqualTo(drawn.AsSpan(0, 33).ToArray()), "signature and header");
        Assert.That(committed.AsSpan(16, 8).ToArray(), Is.EqualTo(new byte[] { 0, 0, 0, 128, 0, 0, 0, 128 }));
        Assert.That(committed, Has.Length.LessThan(20_000));
    }
}
