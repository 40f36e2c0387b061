using System.CommandLine;
using System.CommandLine.Parsing;

namespace AudioEmotionXai.Cli;

/// <summary>Finds what was typed and means nothing, and what was probably meant.</summary>
internal static class UnknownWords
{
    /// <summary>One sentence for each word that is no option, no command, or empty.</summary>
    public static IEnumerable<string> In(ParseResult parsed)
    {
        HashSet<string> plain = AfterDoubleDash(parsed);
        foreach (string word in parsed.UnmatchedTokens)
            yield return LooksLikeOption(word, plain)
                ? NoOption(word, parsed)
                : parsed.CommandResult.Parent is null
                    ? $"There is no command '{word}'{Hint(word, parsed.CommandResult.Command.Subcommands.Select(each => each.Name))}"
                    : $"'{word}' is one word too many for aexai {parsed.CommandResult.Command.Name}.";
        foreach (SymbolResult result in parsed.CommandResult.Children)
        {
            string name = result is OptionResult { Option.Name: { } option } ? option : ((ArgumentResult)result).Argument.Name;
            foreach (string word in result.Tokens.Select(token => token.Value))
                if (word.Length == 0)
                    yield return $"{name} is an empty text, which names nothing.";
                else if (LooksLikeOption(word, plain) && (result is ArgumentResult || word.StartsWith("--", StringComparison.Ordinal)))
                    yield return NoOption(word, parsed);
        }
    }

    /// <summary>The end of a sentence: <c>; did you mean 'x'?</c> where a known word is near, else a full stop.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        int allowed = Math.Max(1, word.Length / 3);
        string? nearest = word.Length > 64
            ? null
            : known.Select(each => (Word: each, Distance: Distance(word, each)))
                .Where(each => each.Distance <= allowed)
                .OrderBy(each => each.Distance)
                .Select(each => each.Word)
                .FirstOrDefault();
        return nearest is null ? "." : $"; did you mean '{nearest}'?";
    }

    private static bool LooksLikeOption(string word, HashSet<string> plain) =>
        word.Length > 1 && word[0] == '-' && !(word[1] is '.' or (>= '0' and <= '9')) && word != "--" && !plain.Contains(word);

    private static string NoOption(string word, ParseResult parsed)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals > 0 ? word[..equals] : word;
        return $"There is no option '{name}'{Hint(name, OptionsOf(parsed).Select(option => option.Name))}";
    }

    private static IEnumerable<Option> OptionsOf(ParseResult parsed)
    {
        for (SymbolResult? each = parsed.CommandResult; each is CommandResult command; each = each.Parent)
            foreach (Option option in command.Command.Options)
                yield return option;
    }

    private static HashSet<string> AfterDoubleDash(ParseResult parsed) =>
        [.. parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)];

    /// <summary>Letters to insert, remove, replace, or exchange with their neighbour (optimal string alignment).</summary>
    private static int Distance(string first, string second)
    {
        int[,] steps = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
            for (int j = 0; j <= second.Length; j++)
                steps[i, j] = i == 0 || j == 0 ? i + j : Least(i, j);
        return steps[first.Length, second.Length];

        int Least(int i, int j)
        {
            int cost = first[i - 1] == second[j - 1] ? 0 : 1;
            int least = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + cost);
            bool isSwapped = i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
            return isSwapped ? Math.Min(least, steps[i - 2, j - 2] + 1) : least;
        }
    }
}
