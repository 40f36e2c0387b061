using Microsoft.Extensions.Logging;

namespace AudioEmotionXai.Extensions.DependencyInjection;

/// <summary>Explanations in an application's log.</summary>
public static class AttributionLog
{
    /// <summary>Writes what was done (method, items, time; event 3, Information) and each of the result's warnings (event 4,
    /// Warning).</summary>
    /// <param name="logger">The log.</param>
    /// <param name="result">What <see cref="AttributionMethod.Attribute"/> returned.</param>
    public static void LogAttribution(this ILogger logger, AttributionResult result)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(result);
        string method = result.Method.ToString();
        logger.Explained(method, result.Map.Shape[0], result.Elapsed.TotalMilliseconds);
        foreach (AttributionWarning warning in result.Warnings)
            logger.Warned(method, warning.ToString());
    }

    /// <summary>Writes what was done for one clip, and each of the explanation's warnings, as events 3 and 4.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="explanation">What <see cref="AttributionMethod.Explain"/> returned.</param>
    public static void LogExplanation(this ILogger logger, Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(explanation);
        logger.Explained(explanation.Origin, 1, explanation.Elapsed.TotalMilliseconds);
        foreach (string warning in explanation.Warnings)
            logger.Warned(explanation.Origin, warning);
    }
}
