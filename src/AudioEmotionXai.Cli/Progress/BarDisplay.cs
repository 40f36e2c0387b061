using AudioEmotionXai.Attribution;
using Spectre.Console;

namespace AudioEmotionXai.Cli.Progress;

/// <summary>Progress as a bar with the remaining time, which vanishes when the work is done.</summary>
internal sealed class BarDisplay(TextWriter error) : IWorkDisplay
{
    public T Run<T>(string title, Func<IProgress<AttributionProgress>, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new BarProgress(context.AddTask(Markup.Escape(title)))));
    }

    private sealed class BarProgress(ProgressTask task) : IProgress<AttributionProgress>
    {
        public void Report(AttributionProgress value)
        {
            task.MaxValue = value.Total;
            task.Value = value.Done;
        }
    }
}
