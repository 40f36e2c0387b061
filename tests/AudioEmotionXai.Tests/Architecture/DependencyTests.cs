using System.Text.RegularExpressions;
using AudioEmotionXai.Primitives;

namespace AudioEmotionXai.Tests.Architecture;

/// <summary>Keeps the picture in ARCHITECTURE.md true: read from the compiled library, bodies included.</summary>
public sealed class DependencyTests
{
    private static readonly IReadOnlyCollection<TypeUse> s_uses = AssemblyScan.Of(typeof(FloatTensor).Assembly);

    [Test]
    public void AFolderUsesOnlyTheFoldersThatItsRowOfTheTableAllows()
    {
        IEnumerable<string> offences =
            from use in s_uses
            let layer = LayerTable.LayerOf(use.UserNamespace)
            let used = LayerTable.LayerOf(use.UsedNamespace)
            where layer is not null && used is not null && !LayerTable.Allows(layer, used)
            orderby use.User, use.Used
            select $"{use.User} uses {use.Used}: {layer} may not use {used}";
        Assert.That(offences, Is.Empty);
    }

    [Test]
    public void EveryTypeLivesInALayerOfTheTable()
    {
        IEnumerable<string> strangers =
            from use in s_uses
            let layer = LayerTable.LayerOf(use.UserNamespace)
            where layer is not null && !LayerTable.Layers.Contains(layer)
            select use.User;
        Assert.That(strangers.Distinct(), Is.Empty);
    }

    [TestCase("Microsoft.ML.OnnxRuntime", "Runtime")]
    [TestCase("Google.Protobuf", "Onnx")]
    public void ADependencyIsNamedInItsOneFolderOnly(string dependency, string layer)
    {
        IEnumerable<string> offences =
            from use in s_uses
            where use.UsedNamespace.StartsWith(dependency, StringComparison.Ordinal)
            where LayerTable.LayerOf(use.UserNamespace) is { } user && user != layer
            select $"{use.User} uses {use.Used}";
        Assert.That(offences, Is.Empty);
        Assert.That(s_uses.Any(use => use.UsedNamespace.StartsWith(dependency, StringComparison.Ordinal)), "the scan sees the dependency where it belongs");
    }

    [Test]
    public void TheScanSeesTypesThatOnlyBodiesName() =>
        Assert.That(s_uses, Has.Some.Matches<TypeUse>(use => use.User.EndsWith(".NpyFile", StringComparison.Ordinal) && use.Used.EndsWith(".AtomicFile", StringComparison.Ordinal)));

    [Test]
    public void AFilesNamespaceIsItsFolder()
    {
        string root = Path.Combine(SharedData.Repository, "src", "AudioEmotionXai");
        List<string> offences = [];
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            if (folder.Split('.')[0] is "obj" or "bin" || folder == ".")
                continue;
            Match declared = Regex.Match(File.ReadAllText(file), @"^namespace ([\w.]+);", RegexOptions.Multiline);
            if (declared.Groups[1].Value != $"AudioEmotionXai.{folder}")
                offences.Add($"{Path.GetRelativePath(root, file)} declares '{declared.Groups[1].Value}'");
        }

        Assert.That(offences, Is.Empty);
    }
}
