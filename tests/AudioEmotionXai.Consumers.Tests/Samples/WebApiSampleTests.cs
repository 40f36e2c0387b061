using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The web sample over real HTTP.</summary>
public sealed class WebApiSampleTests
{
    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Test]
    public async Task ARecordingIsAnsweredWithPredictionMapAndPicture()
    {
        await using RunningService service = await RunningService.StartAsync();
        using HttpResponseMessage response = await service.ExplainAsync(Tone.Wav(), "?method=gradient&target=anger");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.That(answer.GetProperty("prediction").GetProperty("probabilities").EnumerateObject().Sum(pair => pair.Value.GetSingle()), Is.EqualTo(1).Within(1e-5));
        Assert.That(answer.GetProperty("target").GetString(), Is.EqualTo("anger"));
        Assert.That(answer.GetProperty("method").GetString(), Does.StartWith("gradient"));
        Assert.That((answer.GetProperty("map").GetArrayLength(), answer.GetProperty("map")[0].GetArrayLength()), Is.EqualTo((128, 141)));
        Assert.That(answer.GetProperty("png").GetBytesFromBase64().AsSpan(0, 4).ToArray(), Is.EqualTo(s_png));
    }

    [Test]
    public async Task WhoAcceptsAPictureAloneGetsIt()
    {
        await using RunningService service = await RunningService.StartAsync();
        using HttpResponseMessage response = await service.ExplainAsync(Tone.Wav(), accept: "image/png");
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
        Assert.That((await response.Content.ReadAsByteArrayAsync()).AsSpan(0, 4).ToArray(), Is.EqualTo(s_png));
    }

    [TestCase("?method=gradcan", "There is no method 'gradcan'")]
    [TestCase("?target=rage", "There is no class 'rage'")]
    [TestCase("?method=lrp%20where%3Da", "There is no method")]
    public async Task WhatIsWrongWithTheQuestionIsSaid(string query, string expected) =>
        await ExpectProblemAsync(Tone.Wav(), query, HttpStatusCode.BadRequest, expected);

    [Test]
    public async Task WhatIsWrongWithTheRecordingIsSaid() =>
        await ExpectProblemAsync("RIFF, but no sound"u8.ToArray(), "", HttpStatusCode.BadRequest, "the upload");

    [Test]
    public async Task ARecordingThatIsTooLargeIsRefused() =>
        await ExpectProblemAsync(Tone.Wav(), "", HttpStatusCode.RequestEntityTooLarge, "10000 bytes", "--Service:MaximumUploadBytes", "10000");

    [Test]
    public async Task AFullQueueRefusesAndAClientThatHangsUpFreesItsPlace()
    {
        await using RunningService service = await RunningService.StartAsync("--Service:QueueLength", "1");
        byte[] wav = Tone.Wav();
        using CancellationTokenSource hangUp = new();

        // Kernel SHAP takes seconds: one request runs, one waits, and one of those behind them finds the queue full.
        Task<HttpResponseMessage>[] slow = [.. Enumerable.Range(0, 4).Select(_ => service.ExplainAsync(wav, "?method=kernel-shap", cancellationToken: hangUp.Token))];
        using HttpResponseMessage refused = await await Task.WhenAny(slow);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("waiting already"));

        await hangUp.CancelAsync();
        using HttpResponseMessage next = await UntilTakenAsync(service, wav);
        Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("image/png, application/json;q=0.5", "image/png")]
    [TestCase("application/json, image/png;q=0.9", "application/json")]
    [TestCase("image/*, application/json;q=0.1", "image/png")]
    [TestCase("*/*", "application/json")]
    [TestCase("*/*, application/json;q=0", "image/png")]
    [TestCase("text/html, */*;q=0.1", "application/json")]
    [TestCase("text/html", null)]
    public async Task TheFormIsTheOneThatIsPreferred(string accept, string? expected)
    {
        await using RunningService service = await RunningService.StartAsync();
        using HttpResponseMessage response = await service.ExplainAsync(Tone.Wav(), "?method=gradient", accept);
        if (expected is null)
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotAcceptable));
        else
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(expected));
    }

    [TestCase("GET", "/explanations", HttpStatusCode.MethodNotAllowed)]
    [TestCase("POST", "/explanation", HttpStatusCode.NotFound)]
    public async Task WhatIsNotThereIsAProblemToo(string method, string path, HttpStatusCode status)
    {
        await using RunningService service = await RunningService.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await service.Client.SendAsync(request);
        Assert.That((response.StatusCode, response.Content.Headers.ContentType!.MediaType), Is.EqualTo((status, "application/problem+json")));
    }

    [Test]
    public async Task AnAnswerNamesNoFolderOfTheMachine()
    {
        await using RunningService service = await RunningService.StartAsync();
        string folder = Path.GetDirectoryName(Repository.Model)!;
        foreach (string query in new[] { "?target=rage", "?target=99", "?method=guess", "" })
        {
            using HttpResponseMessage response = await service.ExplainAsync("RIFF, but no sound"u8.ToArray(), query);
            string text = await response.Content.ReadAsStringAsync();
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(text, Does.Not.Contain(folder), query);
        }
    }

    [Test]
    public async Task HealthAndDescriptionAreThere()
    {
        await using RunningService service = await RunningService.StartAsync();
        Assert.That(await service.Client.GetStringAsync("/health"), Is.EqualTo("Healthy"));
        using JsonDocument description = JsonDocument.Parse(await service.Client.GetStringAsync("/openapi/v1.json"));
        JsonElement post = description.RootElement.GetProperty("paths").GetProperty("/explanations").GetProperty("post");
        Assert.That(post.GetProperty("parameters").EnumerateArray().Select(each => each.GetProperty("name").GetString()), Is.EqualTo(new[] { "method", "target" }));
        Assert.That(post.GetProperty("responses").EnumerateObject().Select(each => each.Name), Is.SupersetOf(new[] { "200", "400", "408", "413", "503", "504" }));
    }

    [Test]
    public async Task ARequestThatTakesTooLongIsAnswered()
    {
        await using RunningService service = await RunningService.StartAsync("--Service:RequestSeconds", "1");
        using HttpResponseMessage response = await service.ExplainAsync(Tone.Wav(), "?method=kernel-shap");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("within 1 seconds"));
    }

    [Test]
    public async Task AnUploadThatTricklesIsAnsweredWithATimeOut()
    {
        await using RunningService service = await RunningService.StartAsync();
        using TcpClient connection = new();
        await connection.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port);
        NetworkStream stream = connection.GetStream();
        await stream.WriteAsync("POST /explanations HTTP/1.1\r\nHost: x\r\nContent-Type: audio/wav\r\nContent-Length: 100000\r\n\r\nRIFF"u8.ToArray());
        using StreamReader reader = new(stream);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(40));
        string answer = await reader.ReadToEndAsync(patience.Token);
        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contains("application/problem+json"));
    }

    [Test]
    public async Task AServiceThatStopsAnswersEveryRequestSoon()
    {
        await using RunningService service = await RunningService.StartAsync();
        byte[] wav = Tone.Wav();
        // One at work, eight that wait; the first answer is that of one for whom there was no place
        Task<HttpResponseMessage>[] full = [.. Enumerable.Range(0, 12).Select(_ => service.ExplainAsync(wav, "?method=kernel-shap"))];
        Assert.That((await await Task.WhenAny(full)).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "the queue is full");
        long start = Stopwatch.GetTimestamp();
        await service.StopAsync();
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
        foreach (Task<HttpResponseMessage> request in full)
        {
            using HttpResponseMessage response = await request;
            Assert.That(response.StatusCode, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("stopping").Or.Contain("waiting already"));
        }
    }

    private static async Task<HttpResponseMessage> UntilTakenAsync(RunningService service, byte[] wav)
    {
        for (int attempt = 0; ; attempt++)
        {
            HttpResponseMessage response = await service.ExplainAsync(wav);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 100)
                return response;
            response.Dispose();
            await Task.Delay(50);
        }
    }

    private static async Task ExpectProblemAsync(byte[] body, string query, HttpStatusCode status, string detail, params string[] settings)
    {
        await using RunningService service = await RunningService.StartAsync(settings);
        using HttpResponseMessage response = await service.ExplainAsync(body, query);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.That(problem.GetProperty("detail").GetString(), Does.Contain(detail).And.Not.Contain("Parameter '"));
    }
}
