using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>Writes an explanation in the form that the file's extension asks for.</summary>
internal static class ExplanationFile
{
    private static readonly string[] s_pictures = [".png", ".svg"];
    private static readonly string[] s_extensions = [".npy", .. s_pictures, ".json"];

    /// <summary>Refuses, before any work, a file that could not be written afterwards.</summary>
    public static void ThrowIfUnknown(string path) => OutputFile.ThrowUnless(path, s_extensions);

    /// <summary>Refuses a picture of more clips than one.</summary>
    public static void ThrowIfTooMany(string path, string source, int items)
    {
        if (items > 1 && s_pictures.Contains(OutputFile.ExtensionOf(path)))
            throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source} holds {items} clips, but {path} can show one: choose it with --index 0 to {items - 1}."));
    }

    /// <summary>Refuses a picture of what has no time and frequency: relevance of samples.</summary>
    public static void ThrowIfNoPicture(string path, AudioClassifier model)
    {
        if (model.TakesSamples && s_pictures.Contains(OutputFile.ExtensionOf(path)))
            throw new UsageException(
                $"{model.Name} takes samples, and each has its own relevance: --out takes a file that ends with .npy or .json, not "
                    + $"'{path}'.");
    }

    public static void Write(string path, Explanation explanation)
    {
        switch (OutputFile.ExtensionOf(path))
        {
            case ".npy":
                NpyFile.Write(path, explanation.Result.Map);
                break;
            case ".json":
                AtomicFile.WriteAllText(path, ExplanationJson.Of(explanation, withMap: true) + "\n");
                break;
            case ".png":
                AtomicFile.WriteAllBytes(path, MapImage.ToPng(explanation.Result.MapOf(0)));
                break;
            default:
                AtomicFile.WriteAllText(path, Figure(explanation).ToSvg());
                break;
        }
    }

    private static ClipFigure Figure(Explanation explanation)
    {
        TimeFrequencyMap spectrogram =
            explanation.Input.Rank == 3
                ? new TimeFrequencyMap(explanation.Input.Memory, explanation.Input.Shape[1], explanation.Input.Shape[2])
                : new TimeFrequencyMap(
                    explanation.Input.Item(0).Memory[..(explanation.Input.Shape[2] * explanation.Input.Shape[3])],
                    explanation.Input.Shape[2], explanation.Input.Shape[3]);
        AttributionResult result = explanation.Result;
        return new ClipFigure
        {
            Title = string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(explanation.Source)}: {result.Predictions[0].Label} ({result.Predictions[0].Probability:0.000})"),
            Spectrogram = spectrogram,
            Maps = [new FigureMap($"{result.Method} for {explanation.TargetLabel(0)}", result.MapOf(0))],
            Axes = AxesOf(explanation, spectrogram),
        };
    }

    private static TimeFrequencyAxes? AxesOf(Explanation explanation, TimeFrequencyMap spectrogram)
    {
        if (explanation.Model.FrontEnd is not { } frontEnd || frontEnd.Options.MelBins != spectrogram.Bins)
            return null;
        return TimeFrequencyAxes.Of(frontEnd.Options);
    }
}
