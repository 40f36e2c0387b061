using System.Globalization;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>
/// Whatever is written for machines or files is the same on every machine: under pl-PL (decimal comma, blank between thousands) and
/// tr-TR (two letters i) as under the invariant culture.
/// </summary>
public sealed class CultureTests
{
    private static readonly Dictionary<string, Func<string>> s_texts = new()
    {
        ["shapes"] = () => new FloatTensor(1200, 3).ToString(),
        ["front-end contract"] = () => Contract().ToJson(),
        ["front-end contract read back"] = () => FrontEndContract.Parse(Contract().ToJson(), "test").ToJson(),
        ["methods with options"] = () => string.Join('\n', AttributionMethods.All.Select(method => AttributionMethods.Parse(method.Default.ToString()).ToString())),
        ["figure"] = () => new ClipFigure { Title = "clip", Spectrogram = Ramp(), Maps = [new FigureMap("map", Ramp())] }.ToSvg(),
        ["log-mel"] = () => string.Join(' ', Spectrogram().Span.ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
        ["list of methods"] = () => CliRun.Of("methods").Out,
        ["list of methods as JSON"] = () => CliRun.Of("methods", "--json").Out,
        ["wrong usage"] = () => CliRun.Of("predict", "--threads", "-1").Error,
        ["refused option"] = () => Message(() => new LogMelExtractor(new LogMelOptions { Seconds = -1.5 })),
        ["refused target"] = () => Message(RefuseTarget),
    };

    private static IEnumerable<TestCaseData> Cases =>
        from text in s_texts.Keys
        from culture in new[] { "pl-PL", "tr-TR" }
        select new TestCaseData(text, culture);

    [TestCaseSource(nameof(Cases))]
    public void TextIsTheSameUnderEveryCulture(string text, string culture)
    {
        string expected = Under(CultureInfo.InvariantCulture, s_texts[text]);
        Assert.That(expected, Is.Not.Empty);
        Assert.That(Under(CultureInfo.GetCultureInfo(culture), s_texts[text]), Is.EqualTo(expected));
    }

    private static string Under(CultureInfo culture, Func<string> write)
    {
        (CultureInfo before, CultureInfo beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, CultureInfo.InvariantCulture);
            return write();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    private static FrontEndContract Contract() => new(new LogMelOptions { Seconds = 2.5 }, -56.5304, 18.7243, ["a", "b"]);

    private static TimeFrequencyMap Ramp()
    {
        TimeFrequencyMap map = new(9, 13);
        for (int i = 0; i < map.Count; i++)
            map.Span[i] = (i - 40) / 7f;
        return map;
    }

    private static TimeFrequencyMap Spectrogram()
    {
        float[] samples = new float[12000];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)Math.Sin(i * 0.05);
        return new LogMelExtractor(new LogMelOptions { Seconds = 0.5 }).Extract(new AudioClip(samples, 24000)).Decibels;
    }

    private static void RefuseTarget()
    {
        using AudioClassifier model = TinyModels.Load(TinyModels.Image());
        ClassTarget.OfIndex(12345).ThrowIfUnknown(model);
    }

    private static string Message(Action act)
    {
        try
        {
            act();
            return "";
        }
        catch (ArgumentException refusal)
        {
            return refusal.Message;
        }
    }
}
