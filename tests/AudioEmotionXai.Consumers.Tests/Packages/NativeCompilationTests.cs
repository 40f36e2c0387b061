using System.Text.RegularExpressions;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>An application of the packed library as machine code (NativeAOT): nothing of ours is cut off or needs a compiler at run time.</summary>
public sealed partial class NativeCompilationTests
{
    [Test]
    [Long]
    public void TheFirstPagesCodeRunsAsMachineCodeAndNoWarningIsOurs()
    {
        using ReadmeConsumer consumer = new();
        string program = ReadmeCode.BlocksOf(File.ReadAllText(Repository.PathOf("README.md")))[0];
        (string said, string output) = consumer.RunNative(program);
        Assert.That(output, Does.Contain("anger"));
        Assert.That(Warning().Matches(said).Select(warning => warning.Value).Where(warning => !warning.Contains("Google.Protobuf.JsonFormatter", StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex("^.*warning .*$", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
