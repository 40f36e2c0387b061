namespace AudioEmotionXai.Cli;

/// <summary>Shows how far some work is while it runs.</summary>
internal interface IWorkDisplay
{
    /// <summary>Runs the work and shows what it reports.</summary>
    T Run<T>(Func<IProgress<WorkStep>, T> work);
}
