namespace AudioEmotionXai.Tests;

/// <summary>The page about the methods keeps up with the methods.</summary>
public sealed class MethodPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(SharedData.Repository, "src", "AudioEmotionXai", "Attribution", "README.md"));

    private static IEnumerable<string> Ids => AttributionMethods.All.Select(method => method.Id);

    [TestCaseSource(nameof(Ids))]
    public void EveryMethodHasItsPlaceOnThePage(string id) => Assert.That(s_page, Does.Contain($"| `{id}` |").Or.Contain($"\n`{id}` "));
}
