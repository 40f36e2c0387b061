using Microsoft.Extensions.Logging;

namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>Everything that this package writes to a log; the numbers are stable.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "Loaded the model {Path} with {Classes} classes in {Milliseconds:0} ms"
    )]
    public static partial void ModelLoaded(this ILogger logger, string path, int classes, double milliseconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The model {Path} could not be loaded")]
    public static partial void ModelNotLoaded(this ILogger logger, string path, Exception failure);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "{Method} explained {Items} item(s) in {Milliseconds:0.0} ms")]
    public static partial void Explained(this ILogger logger, string method, int items, double milliseconds);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "{Method}: {Warning}")]
    public static partial void Warned(this ILogger logger, string method, string warning);
}
