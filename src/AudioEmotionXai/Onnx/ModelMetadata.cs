using System.Text.Json;
using System.Text.Json.Serialization;

namespace AudioEmotionXai;

/// <summary>The entries of a model's metadata that this library writes and reads.</summary>
internal static class ModelMetadata
{
    /// <summary>The classes' names in order, as a JSON array of texts.</summary>
    public const string Labels = "labels";

    /// <summary>What the model takes and gives, as JSON: see <see cref="ModelContract"/>.</summary>
    public const string Contract = "contract";

    /// <summary>The constants of the front end that the model was trained with, as JSON.</summary>
    public const string FrontEnd = "front_end";

    /// <summary>What the model's input is, where it is no spectrogram: see <see cref="Samples"/>.</summary>
    public const string Input = "input";

    /// <summary>The value of <see cref="Input"/> of a model that takes the samples of a recording.</summary>
    public const string Samples = "samples";

    /// <summary>The samples a second of a model that takes samples, as a number: what readers without this library need.</summary>
    public const string SampleRate = "sample_rate";

    /// <summary>Writes the classes' names into a model.</summary>
    public static void SetLabels(OnnxModel model, IReadOnlyList<string> labels) =>
        model.SetMetadata(Labels, JsonSerializer.Serialize([.. labels], MetadataContext.Default.StringArray));

    /// <summary>The classes' names that a model carries, or null.</summary>
    /// <exception cref="ModelFormatException">The entry is not a JSON array of texts.</exception>
    public static IReadOnlyList<string>? FindLabels(OnnxModel model)
    {
        if (!model.Metadata.TryGetValue(Labels, out string? text))
            return null;
        try
        {
            string[]? labels = JsonSerializer.Deserialize(text, MetadataContext.Default.StringArray);
            return labels?.Contains(null) == false ? labels : throw new JsonException("a label is null");
        }
        catch (JsonException failure)
        {
            throw new ModelFormatException(
                $"{model.Name}: the metadata entry '{Labels}' is not a JSON array of texts: {failure.Message}", failure);
        }
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class MetadataContext : JsonSerializerContext;
