using AudioEmotionXai.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace WebApiSample;

/// <summary>Puts the service together.</summary>
internal static class ExplanationService
{
    public static WebApplication Create(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<AudioClassifierSettings>(builder.Configuration.GetSection("Model"));
        builder.Services.AddAudioClassifier();
        builder.Services.AddOptionsWithValidateOnStart<ServiceSettings>().Bind(builder.Configuration.GetSection("Service"))
            .Validate(settings => settings.QueueLength > 0, "Service:QueueLength must be 1 or more.")
            .Validate(settings => settings.MaximumUploadBytes > 0, "Service:MaximumUploadBytes must be 1 or more.");
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServiceSettings>>(
            (kestrel, service) => kestrel.Limits.MaxRequestBodySize = service.Value.MaximumUploadBytes);
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<ExplanationQueue>();
        builder.Services.AddHostedService<ExplanationWorker>();

        WebApplication application = builder.Build();
        application.UseExceptionHandler();
        application.MapPost("/explanations", ExplanationEndpoint.ExplainAsync);
        return application;
    }
}
