using Spectre.Console;

namespace AudioEmotionXai.Cli;

/// <summary>Progress as a bar for each stage, with the remaining time; the bars vanish when the work is done.</summary>
internal sealed class BarDisplay(TextWriter error) : IWorkDisplay
{
    public T Run<T>(Func<IProgress<WorkStep>, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            // https://no-color.org: any text but an empty one
            ColorSystem = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                ? ColorSystemSupport.Detect
                : ColorSystemSupport.NoColors,
        });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<WorkStep>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(WorkStep value)
        {
            if (!_tasks.TryGetValue(value.Stage, out ProgressTask? task))
                _tasks[value.Stage] = task = context.AddTask(Markup.Escape(PlainWriter.Escape(value.Stage)));
            task.MaxValue = value.Total;
            task.Value = value.Done;
        }
    }
}
