using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace AudioEmotionXai;

/// <summary>Writes down what a method is, type and every field, so that two that are not equal never have the same text.</summary>
internal static class MethodIdentity
{
    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>SHA-256 over the method's type and its <see cref="AttributionMethod.OptionsText"/>.</summary>
    public static string Of(AttributionMethod method) =>
        Hash(Encoding.UTF8.GetBytes($"{method.GetType().FullName}, {method.GetType().Assembly.GetName().Name}\n{method.OptionsText}"));

    /// <summary>The first letters of the identity, enough to tell methods apart in a table; null for a method that has none.</summary>
    public static string? ShortOf(AttributionMethod method)
    {
        try
        {
            return Of(method)[..12];
        }
        catch (Exception reason) when (reason is NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A line for every field, whoever declares it: what equality of records goes by.</summary>
    /// <exception cref="NotSupportedException">A field holds something whose text does not say all of it.</exception>
    public static string FieldsOf(AttributionMethod method)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            List<string> lines = [];
            for (Type? type = method.GetType(); type is not null; type = type.BaseType)
                foreach (FieldInfo field in type.GetFields(Own))
                    lines.Add($"{type.Name}.{field.Name}={TextOf(field.GetValue(method)) ?? throw Unclear(method, field)}");
            lines.Sort(StringComparer.Ordinal);
            return string.Join('\n', lines);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string? TextOf(object? value) => value switch
    {
        null => "null",
        AttributionMethod method => method.Identity,
        Segmenter segmenter => segmenter.OptionsText is { } options ? $"{segmenter.GetType().FullName} {TextOf(options)}" : null,
        string text => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}"),
        CellSize or Baseline or Hiding or LrpStart or RelevanceRules or Enum or decimal or Half or TimeSpan => value.ToString(),
        IEnumerable items => TextOf(items),
        _ => value.GetType().IsPrimitive ? Convert.ToString(value, CultureInfo.InvariantCulture) : null,
    };

    private static string? TextOf(IEnumerable items)
    {
        List<string> texts = [];
        foreach (object? item in items)
        {
            if (TextOf(item) is not { } text)
                return null;
            texts.Add(text);
        }

        return $"[{string.Join(", ", texts)}]";
    }

    private static NotSupportedException Unclear(AttributionMethod method, FieldInfo field) =>
        new($"The method '{method.GetType().Name}' cannot be told from others of its type: its field {field.Name} is a "
            + $"{field.FieldType.Name}, which no text stands for. Override {nameof(AttributionMethod.OptionsText)} there.");
}
