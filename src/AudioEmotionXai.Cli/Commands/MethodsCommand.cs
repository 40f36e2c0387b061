using System.CommandLine;

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
                session.Out.WriteLine(ToolJson.From(ToJson()));
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

    private static MethodsJson ToJson() => new(AttributionMethods.All.Select(method => new MethodJson(
        method.Id, method.Summary, method.Compiles, method.Default.UsesModel,
        method.Options.Select(option => new OptionJson(
            option.Name, option.ValueIn(method.Default), option.Kind, option.Description,
            option.Choices.Count > 0 ? option.Choices : null)))));
}
