using System.Diagnostics;
using System.Text.Json;

namespace AudioEmotionXai.Reporting.Tests;

/// <summary>Opens the report in headless Chromium, where the Debian package is installed.</summary>
public sealed class ChromiumTests
{
    private const string Chromium = "/usr/bin/chromium";

    [Test]
    public void TheReportRunsWithoutConsoleErrorsAndAsksTheNetworkForNothing()
    {
        if (!File.Exists(Chromium))
            Assert.Ignore($"needs {Chromium} (package chromium), which is not there");
        using TemporaryFolder folder = new();
        string page = folder.Write("index.html", ReportPageTests.Page().Render());
        string netLog = folder.PathOf("net.json");
        (string dom, string log) = Open(new Uri(page).AbsoluteUri, netLog, folder.PathOf("profile"));
        Assert.Multiple(() =>
        {
            Assert.That(log, Does.Not.Contain("CONSOLE"), "no message on the console");
            Assert.That(dom.Contains("Point at the picture", StringComparison.Ordinal), "the script has run");
            Assert.That(dom.Contains("masks 0 of 2000 cells", StringComparison.Ordinal), "the first picture is drawn");
            Assert.That(RequestsOf(netLog), Has.All.StartsWith("file:").Or.All.StartsWith("data:"));
        });
    }

    private static (string Dom, string Log) Open(string address, string netLog, string profile)
    {
        ProcessStartInfo start = new(Chromium)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-extensions", "--enable-logging=stderr", "--window-size=1280,2400", "--virtual-time-budget=4000", $"--user-data-dir={profile}", $"--log-net-log={netLog}", "--dump-dom", address,
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> log = process.StandardError.ReadToEndAsync();
        string dom = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
            process.Kill(entireProcessTree: true);
        return (dom, log.Result);
    }

    // Requests that the page caused; the browser's own look-ups do not carry the page as their initiator.
    private static string[] RequestsOf(string netLog)
    {
        using JsonDocument log = JsonDocument.Parse(File.ReadAllText(netLog));
        return
        [
            .. from entry in log.RootElement.GetProperty("events").EnumerateArray()
               where entry.TryGetProperty("params", out JsonElement parameters) && parameters.TryGetProperty("url", out _) && parameters.TryGetProperty("initiator", out JsonElement initiator)
                   && initiator.GetString() is not (null or "not an origin")
               select entry.GetProperty("params").GetProperty("url").GetString()!,
        ];
    }
}
