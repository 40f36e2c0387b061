using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace AudioEmotionXai.Pages.Tests;

/// <summary>What holds for every page that the library writes.</summary>
[TestFixture("report")]
[TestFixture("listening")]
public sealed class EveryPageTests(string name) : BrowserTest
{
    private static readonly string[] s_guidelines = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

    private string File => WrittenPages.PathOf(name);

    [Test]
    public async Task ThePageWritesNothingOnTheConsoleAndAsksTheNetworkForNothing()
    {
        IPage page = await OpenAsync(File);
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        Assert.Multiple(() =>
        {
            Assert.That(Messages, Is.Empty);
            Assert.That(Requests, Has.All.Match("^(file|data):"));
        });
    }

    [TestCase(400)]
    [TestCase(1400)]
    public async Task NothingIsWiderThanTheWindow(int width)
    {
        IPage page = await OpenAsync(File, width, 900);
        string[] wider = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest('.wide, .figure, svg, .skip'))
                .map(element => `${element.tagName} ${element.className} ${element.getBoundingClientRect().right}`)
            """);
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), string.Join('\n', wider));
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task ThePageFollowsTheGuidelinesOfAccessibility(ColorScheme theme)
    {
        IPage page = await OpenAsync(File, theme: theme);
        AxeResult result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. s_guidelines] } });
        Assert.That(result.Passes, Is.Not.Empty);
        Assert.That(result.Violations.Select(Describe), Is.Empty);
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}\n" + string.Join('\n', violation.Nodes.Select(node => node.Html));
}
