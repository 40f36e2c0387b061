using OnnxRuntimeFeed;

namespace AudioEmotionXai.Tests.Tools.OnnxRuntimeFeed;

public sealed class PackageCacheTests
{
    [Test]
    public void AStoredSetIsCompleteFreshAndCopiedWhole()
    {
        using TemporaryFolder folder = new();
        PackageCache cache = Stored(folder, PackageSet.Ids);
        string feed = Directory.CreateDirectory(folder.PathOf("feed")).FullName;
        cache.CopyTo(feed);
        Assert.That(cache.IsComplete && cache.IsFresh, Is.True);
        Assert.That(Directory.GetFiles(feed).Select(Path.GetFileName), Is.EquivalentTo(PackageSet.Ids.Select(PackageSet.FileName)));
    }

    [Test]
    public void ASetThatLacksAPackageIsNotComplete()
    {
        using TemporaryFolder folder = new();
        Assert.That(Stored(folder, PackageSet.Ids[1..]).IsComplete, Is.False);
    }

    [Test]
    public void AnOldAnswerOfTheSourcesIsNotTrustedUntilRenewed()
    {
        using TemporaryFolder folder = new();
        PackageCache cache = Stored(folder, PackageSet.Ids);
        File.SetLastWriteTimeUtc(folder.PathOf("cache/complete"), DateTime.UnixEpoch);
        Assert.That((cache.IsComplete, cache.IsFresh), Is.EqualTo((true, false)));
        cache.Renew();
        Assert.That(cache.IsFresh, Is.True);
    }

    private static PackageCache Stored(TemporaryFolder folder, string[] ids)
    {
        PackageCache cache = new(folder.PathOf("cache"));
        cache.Store(ids.Select(id => new FeedPackage(id, "For a test.", [], [])));
        return cache;
    }
}
