using System.Globalization;
using System.Text.Json;

namespace AudioEmotionXai.Checkpoints;

/// <summary>Reads the names of a classifier's classes as training scripts leave them: a pickled dictionary in an .npy file, or JSON. Used
/// by <c>aexai export</c>.</summary>
public static class LabelMapping
{
    private const long LargestFile = 16 << 20;

    /// <summary>The labels in class order.</summary>
    /// <param name="path">
    /// An .npy file with one dictionary (label to index, or index to label) or with the labels in order, or a .json file with the same.
    /// Pickles are read as data: nothing in the file is executed.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is malformed or cut off, or the indices are not 0 to n - 1, each once.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ReadBytes(path);
        bool isJson = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
        return isJson ? FromJson(bytes, path) : FromNumPy(bytes, path);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            InputFile.ThrowIfNoContent(path, message => new ModelFormatException(message));
            long size = InputFile.LengthOf(path);
            return size <= LargestFile
                ? File.ReadAllBytes(path)
                : throw new ModelFormatException($"{path}: has {size} bytes; a label mapping has at most {LargestFile}.");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw new ModelFormatException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    private static string[] FromNumPy(byte[] bytes, string path)
    {
        IReadOnlyList<object?> items = NumPyObjectFile.Read(bytes, path);
        if (items is not [PickleDictionary dictionary])
            return InOrder(items, path);
        return ByIndex(dictionary.Pairs.Select(pair => Entry(pair.Key, pair.Value, path)), path);
    }

    private static string[] FromJson(byte[] bytes, string path)
    {
        try
        {
            ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => InOrder(document.RootElement.EnumerateArray().Select(element => Plain(element, path)), path),
                JsonValueKind.Object => ByIndex(document.RootElement.EnumerateObject().Select(property => JsonEntry(property, path)), path),
                _ => throw new ModelFormatException(
                    $"{path}: holds a JSON {document.RootElement.ValueKind}; an object of labels and indices was expected."),
            };
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"{path}: is not JSON, or cut off: {failure.Message}", failure);
        }
    }

    private static (string Label, long Index) JsonEntry(JsonProperty property, string path) =>
        property.Value.ValueKind == JsonValueKind.String && long.TryParse(property.Name, CultureInfo.InvariantCulture, out long index)
            ? Entry(index, property.Value.GetString(), path)
            : Entry(property.Name, Plain(property.Value, path), path);

    private static object? Plain(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number when element.TryGetInt64(out long number) => number,
        _ => throw new ModelFormatException($"{path}: holds a JSON {element.ValueKind} where a label or a whole number was expected."),
    };

    private static (string Label, long Index) Entry(object? key, object? value, string path) => (key, value) switch
    {
        (string label, long index) => (label, index),
        (long index, string label) => (label, index),
        _ => throw new ModelFormatException($"{path}: maps {key ?? "None"} to {value ?? "None"}; a label and its index were expected."),
    };

    private static string[] InOrder(IEnumerable<object?> items, string path) =>
        ByIndex(items.Select((item, index) => Entry((long)index, item, path)), path);

    private static string[] ByIndex(IEnumerable<(string Label, long Index)> entries, string path)
    {
        (string Label, long Index)[] sorted = [.. entries.OrderBy(entry => entry.Index)];
        if (sorted.Length == 0)
            throw new ModelFormatException($"{path}: names no label.");
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Index != i)
                throw new ModelFormatException(
                    $"{path}: gives '{sorted[i].Label}' the index {sorted[i].Index}; the indices 0 to {sorted.Length - 1}, each once, "
                        + $"were expected.");
            if (string.IsNullOrWhiteSpace(sorted[i].Label))
                throw new ModelFormatException($"{path}: the label of index {i} is empty.");
        }

        string? repeated = sorted.GroupBy(entry => entry.Label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return repeated is null
            ? Array.ConvertAll(sorted, entry => entry.Label)
            : throw new ModelFormatException($"{path}: names '{repeated}' twice.");
    }
}
