using System.Text.Json;

namespace AudioEmotionXai;

/// <summary>The properties of a JSON object, each to be read once and none to be left over; every complaint names the property.</summary>
internal sealed class JsonProperties
{
    private readonly string _source;
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);

    public JsonProperties(JsonElement element, string source)
    {
        _source = source;
        if (element.ValueKind != JsonValueKind.Object)
            throw new ModelFormatException($"{source}: holds a JSON {element.ValueKind}; an object was expected.");
        foreach (JsonProperty property in element.EnumerateObject())
            if (!_unread.TryAdd(property.Name, property.Value))
                throw new ModelFormatException($"{source}: the property '{property.Name}' stands there twice.");
    }

    public int Integer(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Wrong(name, value, "a whole number");
    }

    public double Number(string name)
    {
        JsonElement value = Take(name);
        return ToNumber(name, value, "a finite number");
    }

    public double? NumberOrNull(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.Null ? null : ToNumber(name, value, "a finite number or null");
    }

    public bool Flag(string name)
    {
        JsonElement value = Take(name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(name, value, "true or false");
    }

    public T Named<T>(string name, NamedValues<T> values)
        where T : struct, Enum
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.String && values.TryFind(value.GetString()!, out T found)
            ? found
            : throw Wrong(name, value, $"one of {values.Names}");
    }

    public IReadOnlyList<string> Texts(string name) =>
        [
            .. Elements(name, "a list of texts")
                .Select(value =>
                    value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a list of texts")),
        ];

    public IReadOnlyList<int> Integers(string name) =>
        [
            .. Elements(name, "a list of whole numbers")
                .Select(value =>
                    value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
                        ? number
                        : throw Wrong(name, value, "a list of whole numbers")),
        ];

    /// <summary>Complains about a property that nobody has read.</summary>
    public void RefuseUnread()
    {
        if (_unread.Count > 0)
            throw new ModelFormatException($"{_source}: the property '{_unread.Keys.First()}' is not known.");
    }

    private JsonElement.ArrayEnumerator Elements(string name, string expected)
    {
        JsonElement value = Take(name);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, value, expected);
    }

    private JsonElement Take(string name) =>
        _unread.Remove(name, out JsonElement value)
            ? value
            : throw new ModelFormatException($"{_source}: the property '{name}' is missing.");

    private double ToNumber(string name, JsonElement value, string expected) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(name, value, expected);

    private ModelFormatException Wrong(string name, JsonElement value, string expected)
    {
        string raw = value.GetRawText();
        return new($"{_source}: the property '{name}' is {(raw.Length > 60 ? raw[..60] + "…" : raw)}; {expected} was expected.");
    }
}
