using System.Text.Json;

namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>Holds JSON to the few words of JSON Schema that the summary's schema uses: type, properties, required, items, $ref, enum, const.</summary>
internal static class SchemaCheck
{
    public static void Assert(JsonElement value, JsonElement schema) => Check(value, schema, schema, "$");

    private static void Check(JsonElement value, JsonElement rule, JsonElement root, string path)
    {
        if (rule.TryGetProperty("$ref", out JsonElement reference))
        {
            Check(value, root.GetProperty("$defs").GetProperty(reference.GetString()!.Split('/')[^1]), root, path);
            return;
        }

        if (rule.TryGetProperty("const", out JsonElement constant))
            NUnit.Framework.Assert.That(value.ToString(), Is.EqualTo(constant.ToString()), path);
        if (rule.TryGetProperty("enum", out JsonElement choices))
            NUnit.Framework.Assert.That(choices.EnumerateArray().Select(choice => choice.ToString()), Does.Contain(value.ToString()), path);
        if (rule.TryGetProperty("type", out JsonElement type))
            NUnit.Framework.Assert.That(type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : new[] { type.GetString()! }, Does.Contain(TypeOf(value)), path);
        if (value.ValueKind == JsonValueKind.Object)
            CheckObject(value, rule, root, path);
        if (value.ValueKind == JsonValueKind.Array && rule.TryGetProperty("items", out JsonElement items))
            foreach (JsonElement item in value.EnumerateArray())
                Check(item, items, root, path + "[]");
    }

    private static void CheckObject(JsonElement value, JsonElement rule, JsonElement root, string path)
    {
        foreach (JsonElement name in rule.GetProperty("required").EnumerateArray())
            NUnit.Framework.Assert.That(value.TryGetProperty(name.GetString()!, out _), $"{path} lacks {name}");
        foreach (JsonProperty property in value.EnumerateObject())
        {
            NUnit.Framework.Assert.That(rule.GetProperty("properties").TryGetProperty(property.Name, out JsonElement inner), $"{path}.{property.Name} is not in the schema");
            Check(property.Value, inner, root, $"{path}.{property.Name}");
        }
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
