using System.Diagnostics;
using Microsoft.Playwright.NUnit;

namespace AudioEmotionXai.Pages.Tests;

/// <summary>A page in headless Chromium, of Debian's package; what it writes on the console or asks of the network is kept.</summary>
public abstract class BrowserTest : PlaywrightTest
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private IBrowser? _browser;

    /// <summary>Console messages and uncaught exceptions.</summary>
    protected List<string> Messages { get; } = [];

    /// <summary>The addresses that the page asked for.</summary>
    protected List<string> Requests { get; } = [];

    [OneTimeSetUp]
    public void FindChromium()
    {
        if (!File.Exists(Chromium))
            Assert.Ignore($"needs {Chromium} (package chromium), which is not there");
    }

    [TearDown]
    public async Task Close()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _browser = null;
        Messages.Clear();
        Requests.Clear();
    }

    /// <summary>Opens a file and waits until it is loaded.</summary>
    protected async Task<IPage> OpenAsync(string file, int width = 1280, int height = 1400, ColorScheme theme = ColorScheme.Light)
    {
        _browser ??= await Playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required"],
        });
        IPage page = await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme,
        });
        page.Console += (_, message) => Messages.Add(message.Text);
        page.PageError += (_, error) => Messages.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    /// <summary>Waits until an expression is true. Asked again and again from outside, since the page's policy forbids evaluation inside.</summary>
    protected static async Task WaitForAsync(IPage page, string expression)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!await page.EvaluateAsync<bool>(expression))
        {
            if (watch.Elapsed > s_patience)
                Assert.Fail($"not true within {s_patience.TotalSeconds} s: {expression}");
            await Task.Delay(30);
        }
    }
}
