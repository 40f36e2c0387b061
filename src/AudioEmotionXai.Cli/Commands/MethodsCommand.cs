using System.CommandLine;
using System.Text.Json;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai methods</c>: every method with its options.</summary>
internal static class MethodsCommand
{
    private const int OptionWidth = 26;

    public static Command Create(GlobalOptions globals, Session session)
    {
        Command command = new("methods", "Lists every method with its options, their units and defaults");
        command.SetAction(parsed =>
        {
            if (globals.WantsJson(parsed))
                session.Out.WriteLine(JsonText.Of(WriteJson));
            else
                WriteText(session.Out);
        });
        return command;
    }

    private static void WriteText(TextWriter output)
    {
        foreach (MethodDescription method in AttributionMethods.All)
        {
            output.WriteLine(method.Id);
            output.WriteLine($"    {method.Summary}");
            foreach (MethodOption option in method.Options)
                output.WriteLine(
                    $"      {Setting(option, method.Default).PadRight(OptionWidth)}  {option.Description} "
                        + $"({(option.Choices.Count > 0 ? string.Join(" | ", option.Choices) : option.Kind)})");
            output.WriteLine();
        }
    }

    /// <summary>What stands after --set, quoted as a shell needs it.</summary>
    private static string Setting(MethodOption option, AttributionMethod defaults)
    {
        string setting = $"{option.Name}={option.ValueIn(defaults)}";
        return setting.Contains(' ', StringComparison.Ordinal) ? $"\"{setting}\"" : setting;
    }

    private static void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray("methods");
        foreach (MethodDescription method in AttributionMethods.All)
            WriteMethod(json, method);
        json.WriteEndArray();
    }

    private static void WriteMethod(Utf8JsonWriter json, MethodDescription method)
    {
        json.WriteStartObject();
        json.WriteString("id", method.Id);
        json.WriteString("summary", method.Summary);
        json.WriteBoolean("compiles", method.Compiles);
        json.WriteBoolean("uses_model", method.Default.UsesModel);
        json.WriteStartArray("options");
        foreach (MethodOption option in method.Options)
            WriteOption(json, option, method.Default);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOption(Utf8JsonWriter json, MethodOption option, AttributionMethod defaults)
    {
        json.WriteStartObject();
        json.WriteString("name", option.Name);
        json.WriteString("default", option.ValueIn(defaults));
        json.WriteString("takes", option.Kind);
        json.WriteString("description", option.Description);
        if (option.Choices.Count > 0)
            json.WriteTexts("choices", option.Choices);
        json.WriteEndObject();
    }
}
