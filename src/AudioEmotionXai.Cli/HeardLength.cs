using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>Says where a model hears less of a recording than there is.</summary>
internal static class HeardLength
{
    public static void WarnIfCut(Session session, FrontEnd frontEnd, string input)
    {
        if (!string.Equals(Path.GetExtension(input), ".wav", StringComparison.OrdinalIgnoreCase))
            return;
        using WavSampleReader recording = WavSampleReader.Open(input);
        double heard = frontEnd.HeardSeconds ?? FrontEnd.LongestSeconds;
        double seconds = (double)(recording.SampleCount ?? 0) / recording.SampleRate;
        // A sample more or less is a matter of rounding
        if (seconds > heard + (1.0 / recording.SampleRate))
            session.Warn(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{input} is {seconds:0.00} s long; the model hears its first {heard:0.00} s ('aexai timeline' hears all of it)."));
    }
}
