using System.Xml.Linq;
using OnnxRuntimeFeed;
using Processor = System.Runtime.InteropServices.Architecture;

namespace AudioEmotionXai.Tests.Tools.OnnxRuntimeFeed;

public sealed class PinningTests
{
    [Test]
    public void TheFeedHoldsTheVersionThatTheProjectsAskFor()
    {
        Assert.That(Property("Directory.Packages.props", "OnnxRuntimeVersion"), Is.EqualTo(PackageSet.Version));
        Assert.That(Property("tools/OnnxRuntimeFeed/OnnxRuntimeFeed.targets", "OnnxRuntimeFeedKey"), Does.StartWith(PackageSet.Version + "-"));
    }

    [Test]
    public void ATarballWithAnotherHashIsRefusedWithBothHashes()
    {
        using TemporaryFolder folder = new();
        string tarball = folder.Write("package.tgz", "not what was pinned");
        Assert.That(
            () => NpmDownload.Check(NpmPackage.OnnxRuntime, tarball),
            Throws.InstanceOf<FeedException>().With.Message.Contains(NpmPackage.OnnxRuntime.Integrity).And.Message.Contains("but got"));
    }

    [Test]
    public void ASystemWithoutANativeLibraryIsRefusedByName() =>
        Assert.That(
            () => NativeSupport.Check("linux", Processor.Arm64),
            Throws.InstanceOf<FeedException>().With.Message.Contains("linux-arm64").And.Message.Contains("linux-x64"));

    [TestCase("linux", Processor.X64)]
    [TestCase("osx", Processor.Arm64)]
    public void ASystemWithANativeLibraryIsAccepted(string system, Processor architecture) =>
        Assert.That(() => NativeSupport.Check(system, architecture), Throws.Nothing);

    private static string Property(string file, string name) =>
        XDocument.Load(Path.Combine(SharedData.Repository, file)).Descendants(name).First().Value;
}
