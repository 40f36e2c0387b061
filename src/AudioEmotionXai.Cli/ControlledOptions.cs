using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>The options of the controlled protocol.</summary>
internal sealed class ControlledOptions
{
    private readonly Option<string?> _fractions = new("--fractions")
    {
        Description = "Controlled protocol: the shares of the cells that are masked, between 0 and 1 [default: 0.05,0.1,0.2]",
        HelpName = "F,F",
    };

    private readonly Option<string?> _fills = new("--fills")
    {
        Description = "Controlled protocol: what masked cells are filled with, of minimum, mean, blur, noise [default: all four]",
        HelpName = "NAME,NAME",
    };

    private readonly Option<int?> _fillsPerClip = new("--fills-per-clip")
    {
        Description = "Controlled protocol: how many of the fills each clip gets, in turn [default: all for up to 100 clips, else 1]",
        HelpName = "N",
    };

    private readonly Option<int?> _draws = new("--draws")
    {
        Description = "Controlled protocol: draws of each control for a clip [default: 4, fewer the more clips there are, 1 from 800 on]",
        HelpName = "N",
    };

    private readonly Option<string> _signed = new("--signed")
    {
        Description =
            "Controlled protocol: which cells of a signed map come first, the largest values (evidence for the class) or the largest "
                + "magnitudes",
        DefaultValueFactory = _ => "evidence",
    };

    public void AddTo(Command command)
    {
        _signed.AcceptOnlyFromAmong("magnitude", "evidence");
        command.Options.Add(_fractions);
        command.Options.Add(_fills);
        command.Options.Add(_fillsPerClip);
        command.Options.Add(_draws);
        command.Options.Add(_signed);
    }

    /// <summary>The protocol as it was asked for.</summary>
    public ControlledProtocol Read(ParseResult parsed)
    {
        ControlledProtocol standard = new();
        return standard with
        {
            Fractions = parsed.GetValue(_fractions) is { } fractions ? ListOf(_fractions, fractions, Fraction) : standard.Fractions,
            Fills = parsed.GetValue(_fills) is { } fills ? ListOf(_fills, fills, Fill) : standard.Fills,
            FillsPerClip = parsed.GetValue(_fillsPerClip),
            Draws = parsed.GetValue(_draws),
            SignedMaps = parsed.GetValue(_signed) == "magnitude" ? SignedMapOrder.Magnitude : SignedMapOrder.Evidence,
        };
    }

    private static T[] ListOf<T>(Option option, string text, Func<string, T?> read)
        where T : struct =>
        [
            .. text.Split(',', StringSplitOptions.TrimEntries)
                .Select(word => read(word) ?? throw new UsageException($"{option.Name}: '{word}' is none; {option.Description}.")),
        ];

    private static double? Fraction(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static FillKind? Fill(string word) =>
        !int.TryParse(word, out _) && Enum.TryParse(word, ignoreCase: true, out FillKind kind) ? kind : null;
}
