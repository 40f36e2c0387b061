using System.Net;
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
