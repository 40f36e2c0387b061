using System.Text.RegularExpressions;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The C# in a Markdown page.</summary>
internal static partial class ReadmeCode
{
    /// <summary>Every block that is marked as C#, in the order of the page.</summary>
    public static string[] BlocksOf(string page) => [.. Fence().Matches(page.ReplaceLineEndings("\n")).Select(block => block.Groups[1].Value)];

    [GeneratedRegex(@"^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
