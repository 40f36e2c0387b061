using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>One clip's or one batch's explanation as a file: raw values, JSON, or a picture with axes.</summary>
/// <param name="Model">The model that was explained.</param>
/// <param name="Source">What the input is called, such as the recording's path.</param>
/// <param name="Result">The maps.</param>
public sealed record ExplanationFile(AudioClassifier Model, string Source, AttributionResult Result)
{
    /// <summary>The extensions that <see cref="Save"/> knows: .npy, .png, .svg and .json.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".npy", ".png", ".svg", ".json"];

    /// <summary>Which item of the source the batch begins with. Default 0.</summary>
    public int FirstItem { get; init; }

    /// <summary>How many clips were explained.</summary>
    public int Items => Result.Count;

    /// <summary>Whether a file can only show one clip, and only one with time and frequency.</summary>
    /// <param name="path">The file; its extension decides.</param>
    public static bool IsPicture(string path) => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".svg";

    /// <summary>Writes the explanation in the form that the extension asks for, whole or not at all: .npy (the maps as they are), .json
    /// (<see cref="ToJson"/> with maps), .png or .svg (<see cref="ToFigure"/>).</summary>
    /// <param name="path">The file; overwritten where it exists.</param>
    /// <exception cref="ArgumentException">The extension is none of <see cref="Extensions"/>.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".npy":
                NpyFile.Write(path, Result.Map);
                break;
            case ".json":
                AtomicFile.WriteAllText(path, ToJson(withMaps: true) + "\n");
                break;
            case ".png":
                ToFigure().SavePng(path);
                break;
            case ".svg":
                ToFigure().SaveSvg(path);
                break;
            default:
                throw new ArgumentException(
                    $"The file '{path}' ends with none of {string.Join(", ", Extensions)}.", nameof(path));
        }
    }

    /// <summary>Predictions, targets, and what the method found, as a JSON object; the tool's README documents the members.</summary>
    /// <param name="withMaps">Whether the maps' values stand in it, as nested lists.</param>
    public string ToJson(bool withMaps) => ExplanationJson.Write(this, withMaps);

    /// <summary>The spectrogram beside the map, with axes in seconds and hertz where the model carries its front end.</summary>
    /// <param name="item">Which clip of the batch. Default: the first.</param>
    public ClipFigure ToFigure(int item = 0)
    {
        Prediction said = Result.Predictions[item];
        return Result[item].ToFigure(
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(Source)}: {said.Label} ({said.Value:0.000})"));
    }
}
