namespace AudioEmotionXai.Cli;

/// <summary>Takes what the library reports and passes it on as what a display shows.</summary>
internal sealed class MappedProgress<T>(IProgress<WorkStep> display, Func<T, WorkStep> map) : IProgress<T>
{
    public void Report(T value) => display.Report(map(value));
}
