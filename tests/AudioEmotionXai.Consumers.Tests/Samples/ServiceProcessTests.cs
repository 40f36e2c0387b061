using System.Diagnostics;
using System.Net;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The web sample as a process: its memory under a crowd, how it ends, and how it refuses to begin.</summary>
[Platform("Linux")]
public sealed class ServiceProcessTests
{
    private const int LargestUpload = 8_000_000;

    [Test]
    public async Task FortyLargeUploadsAtOnceStayWithinTheirMemory()
    {
        (ServiceProcess process, Uri address) = await ServiceProcess.StartAsync();
        using ServiceProcess service = process;
        using HttpClient client = new() { BaseAddress = address };
        byte[] wav = Tone.Wav(seconds: 166);
        Assert.That(wav, Has.Length.InRange(7_900_000, LargestUpload));
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SendAsync(client, wav, "?method=gradcam")));
        Assert.That(answers, Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
        Assert.That(answers, Has.Some.EqualTo(HttpStatusCode.OK));
        long peak = service.PeakMemory();
        await TestContext.Out.WriteLineAsync($"peak {peak / 1e6:0} MB, {answers.Count(answer => answer == HttpStatusCode.OK)} of 40 explained");
        Assert.That(peak, Is.LessThan(600_000_000));
    }

    [Test]
    public async Task AFullServiceThatIsAskedToEndAnswersEveryRequestAndEnds()
    {
        (ServiceProcess process, Uri address) = await ServiceProcess.StartAsync();
        using ServiceProcess service = process;
        using HttpClient client = new() { BaseAddress = address };
        byte[] wav = Tone.Wav();
        // One at work, eight that wait; the first answer is that of one for whom there was no place
        Task<HttpStatusCode>[] requests = [.. Enumerable.Range(0, 12).Select(_ => SendAsync(client, wav, "?method=kernel-shap"))];
        Assert.That(await await Task.WhenAny(requests), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        long start = Stopwatch.GetTimestamp();
        int code = await service.TerminateAsync();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        await TestContext.Out.WriteLineAsync($"ended after {elapsed.TotalSeconds:0.00} s");
        Assert.That(elapsed, Is.LessThan(TimeSpan.FromSeconds(15)), "5 s on a machine that does nothing else; 30 s is the host's own time-out");
        Assert.That(code, Is.Zero);
        Assert.That(await Task.WhenAll(requests), Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
    }

    [TestCase("--Model:Path none.onnx", "'none.onnx'; there is no such file")]
    [TestCase("--Model:Threads -1", "Threads is -1")]
    [TestCase("--Service:QueueLength 0", "Service:QueueLength must be 1 to 1000")]
    [TestCase("--Service:QueueLength many", "many")]
    [TestCase("--urls nonsense", "nonsense")]
    public void WrongSettingsAreSaidAndEndItWith1(string settings, string expected)
    {
        CommandRun run = CommandRun.Dotnet(AppContext.BaseDirectory, [Path.Combine(AppContext.BaseDirectory, "WebApiSample.dll"), "--Model:Path", Repository.Model, "--urls", "http://127.0.0.1:0", .. settings.Split(' ')]);
        Assert.That(run.Code, Is.EqualTo(1), run.Error);
        Assert.That(run.Error, Does.Contain("WebApiSample cannot run: ").And.Contain(expected));
        Assert.That(run.Error, Does.Not.Contain("   at "), "a stack trace is no message");
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, byte[] wav, string query)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/explanations{query}") { Content = new ByteArrayContent(wav) };
        request.Content.Headers.ContentType = new("audio/wav");
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
