using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WebApiSample;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The sample service on a port of its own, reached over HTTP as by anyone else.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunningService(WebApplication application)
    {
        _application = application;
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public static async Task<RunningService> StartAsync(params string[] settings)
    {
        WebApplication application = ExplanationService.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning", "--Model:Path", Repository.Model, .. settings]);
        await application.StartAsync();
        return new RunningService(application);
    }

    public Task<HttpResponseMessage> ExplainAsync(byte[] wav, string query = "", string? accept = null, CancellationToken cancellationToken = default)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"/explanations{query}") { Content = new ByteArrayContent(wav) };
        request.Content.Headers.ContentType = new("audio/wav");
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return Client.SendAsync(request, cancellationToken);
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
