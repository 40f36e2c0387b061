using AudioEmotionXai.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace WebApiSample;

/// <summary>Puts the service together.</summary>
internal static class ExplanationService
{
    /// <summary>How long the host waits for what cannot be stopped at once.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<AudioClassifierSettings>(builder.Configuration.GetSection("Model"));
        builder.Services.AddAudioClassifier();
        AddSettings(builder);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_patience);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new FiniteNumberConverter()));
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        builder.Services.AddHealthChecks().AddCheck<QueueHealth>("queue");
        builder.Services.AddSingleton<ExplanationQueue>();
        builder.Services.AddSingleton<ExplanationEndpoint>();
        builder.Services.AddHostedService<ExplanationWorker>();

        WebApplication application = builder.Build();
        application.UseExceptionHandler();
        application.UseStatusCodePages();
        application.MapOpenApi();
        application.MapHealthChecks("/health");
        MapExplanations(application);
        return application;
    }

    private static void AddSettings(WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ServiceSettings>().Bind(builder.Configuration.GetSection("Service"))
            .Validate(settings => settings.QueueLength is > 0 and <= 1000, "Service:QueueLength must be 1 to 1000.")
            .Validate(settings => settings.RequestSeconds is > 0 and <= 3600, "Service:RequestSeconds must be 1 to 3600.")
            .Validate(
                settings => settings.MaximumUploadBytes is > 0 and <= int.MaxValue, "Service:MaximumUploadBytes must be 1 to 2147483647.");
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServiceSettings>>(
            (kestrel, service) => kestrel.Limits.MaxRequestBodySize = service.Value.MaximumUploadBytes);
    }

    private static void MapExplanations(WebApplication application) =>
        application.MapPost(
                "/explanations",
                (HttpContext context, ExplanationEndpoint endpoint, string method = "gradcam", string target = "predicted") =>
                    endpoint.ExplainAsync(context, method, target))
            .WithName("Explain")
            .WithSummary("Explains a recording (WAV): which parts of its spectrogram made the model decide as it did")
            .Accepts<byte[]>("audio/wav", "*/*")
            .Produces<ExplanationAnswer>(StatusCodes.Status200OK, AcceptedForm.Json, AcceptedForm.Png)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status406NotAcceptable)
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
}
