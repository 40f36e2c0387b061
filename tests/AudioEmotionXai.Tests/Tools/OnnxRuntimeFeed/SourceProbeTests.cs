using OnnxRuntimeFeed;

namespace AudioEmotionXai.Tests.Tools.OnnxRuntimeFeed;

public sealed class SourceProbeTests
{
    [Test]
    public void ARestoreThatWorksMeansThatTheSourcesOfferThePackages() =>
        Assert.That(SourceProbe.Read(new CommandResult(0, "")).Offered, Is.True);

    [TestCase("error NU1101: Unable to find package")]
    [TestCase("error NU1102: Unable to find package with version (= 1.29.0)")]
    public void AnUnknownPackageOrVersionMeansThatTheSourcesLackIt(string output) =>
        Assert.That(SourceProbe.Read(new CommandResult(1, output)), Is.EqualTo(SourceAnswer.Lacking));

    [Test]
    public void SourcesThatCannotBeReachedLeaveTheAnswerOpenAndSayWhy()
    {
        SourceAnswer answer = SourceProbe.Read(new CommandResult(1, "probe.csproj : error NU1301: Unable to load the service index.\n"));
        Assert.That((answer.Offered, answer.Known), Is.EqualTo((false, false)));
        Assert.That(answer.Text, Does.Contain("NU1301: Unable to load the service index"));
    }

    [Test]
    public void TheUsersPackageFolderIsReadFromTheAnswerOfTheCommandLine() =>
        Assert.That(UserPackages.Folder("info : x\nglobal-packages: /home/a b/packages/\n"), Is.EqualTo("/home/a b/packages/"));
}
