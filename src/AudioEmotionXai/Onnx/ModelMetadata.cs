using System.Text;
using System.Text.Json;

namespace AudioEmotionXai;

/// <summary>The entries of a model's metadata that this library writes and reads.</summary>
internal static class ModelMetadata
{
    /// <summary>The classes' names in order, as a JSON array of texts.</summary>
    public const string Labels = "labels";

    /// <summary>The constants of the front end that the model was trained with, as JSON.</summary>
    public const string FrontEnd = "front_end";

    /// <summary>What the model's input is, where it is no spectrogram: see <see cref="Samples"/>.</summary>
    public const string Input = "input";

    /// <summary>The value of <see cref="Input"/> of a model that takes the samples of a recording.</summary>
    public const string Samples = "samples";

    /// <summary>The samples a second of a model that takes samples, as a number: what readers without this library need.</summary>
    public const string SampleRate = "sample_rate";

    /// <summary>Writes the classes' names into a model.</summary>
    public static void SetLabels(OnnxModel model, IReadOnlyList<string> labels)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartArray();
            foreach (string label in labels)
                writer.WriteStringValue(label);
            writer.WriteEndArray();
        }

        model.SetMetadata(Labels, Encoding.UTF8.GetString(json.ToArray()));
    }

    /// <summary>The classes' names that a model carries, or null.</summary>
    /// <exception cref="ModelFormatException">The entry is not a JSON array of texts.</exception>
    public static IReadOnlyList<string>? FindLabels(OnnxModel model)
    {
        if (!model.Metadata.TryGetValue(Labels, out string? text))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return
            [
                .. document
                    .RootElement.EnumerateArray()
                    .Select(label => label.GetString() ?? throw new InvalidOperationException("a label is null")),
            ];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException(
                $"{model.Name}: the metadata entry '{Labels}' is not a JSON array of texts: {failure.Message}", failure);
        }
    }
}
