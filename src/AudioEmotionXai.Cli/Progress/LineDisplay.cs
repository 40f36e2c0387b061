using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>Progress as plain lines: one when a stage begins, then one for every tenth of it.</summary>
internal sealed class LineDisplay(TextWriter error) : IWorkDisplay
{
    public T Run<T>(Func<IProgress<WorkStep>, T> work) => work(new TenthLines(error));

    private sealed class TenthLines(TextWriter error) : IProgress<WorkStep>
    {
        private string? _stage;
        private int _tenths;

        public void Report(WorkStep value)
        {
            int tenths = (int)(10L * value.Done / value.Total);
            if (value.Stage == _stage && tenths <= _tenths)
                return;
            (_stage, _tenths) = (value.Stage, tenths);
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Stage}: {value.Done} of {value.Total}"));
        }
    }
}
