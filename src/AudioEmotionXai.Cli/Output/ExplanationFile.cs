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

    public static void Write(string path, ExplainRun explanation)
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
                explanation.Result[0].SavePng(path, TitleOf(explanation));
                break;
            default:
                explanation.Result[0].SaveSvg(path, TitleOf(explanation));
                break;
        }
    }

    private static string TitleOf(ExplainRun explanation)
    {
        Prediction prediction = explanation.Result.Predictions[0];
        return string.Create(
            CultureInfo.InvariantCulture, $"{Path.GetFileName(explanation.Source)}: {prediction.Label} ({prediction.Probability:0.000})");
    }
}
