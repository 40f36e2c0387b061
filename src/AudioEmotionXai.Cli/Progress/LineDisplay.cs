using System.Globalization;
using AudioEmotionXai.Attribution;

namespace AudioEmotionXai.Cli.Progress;

/// <summary>Progress as plain lines, one for every tenth of the work.</summary>
internal sealed class LineDisplay(TextWriter error) : IWorkDisplay
{
    public T Run<T>(string title, Func<IProgress<AttributionProgress>, T> work)
    {
        error.WriteLine(title);
        return work(new TenthLines(error, title));
    }

    private sealed class TenthLines(TextWriter error, string title) : IProgress<AttributionProgress>
    {
        private int _tenths;

        public void Report(AttributionProgress value)
        {
            int tenths = (int)(value.Fraction * 10);
            if (tenths <= _tenths || value.Total < 2)
                return;
            _tenths = tenths;
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {value.Done} of {value.Total}"));
        }
    }
}
