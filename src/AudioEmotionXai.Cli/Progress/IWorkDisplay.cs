using AudioEmotionXai.Attribution;

namespace AudioEmotionXai.Cli.Progress;

/// <summary>Shows how far some work is while it runs.</summary>
internal interface IWorkDisplay
{
    /// <summary>Runs the work and shows what it reports.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="work">The work; reports to what it is given.</param>
    T Run<T>(string title, Func<IProgress<AttributionProgress>, T> work);
}
