using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>Loads the model that a container's settings name, and logs how that went.</summary>
internal static class ModelFactory
{
    public static AudioClassifier Create(IServiceProvider services, string name)
    {
        AudioClassifierSettings settings = services.GetRequiredService<IOptionsMonitor<AudioClassifierSettings>>().Get(name);
        ILogger logger = services.GetService<ILoggerFactory>()?.CreateLogger(typeof(AudioClassifier).FullName!) ?? NullLogger.Instance;
        string path = settings.Path!;
        long start = Stopwatch.GetTimestamp();
        try
        {
            AudioClassifier model = AudioClassifier.Load(path, settings.ToOptions());
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            logger.ModelLoaded(path, model.Labels.Count, elapsed.TotalMilliseconds);
            return model;
        }
        catch (Exception failure)
        {
            logger.ModelNotLoaded(path, failure);
            throw;
        }
    }
}
