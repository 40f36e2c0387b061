using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary>What counts as important, and what is done to a part that is taken away.</summary>
internal sealed class AudibleOptions
{
    private static readonly ListeningOptions s_defaults = new();

    private readonly Option<double> _fraction = new("--fraction")
    {
        Description = "The share of the cells that is called important, above 0 and below 1",
        HelpName = "SHARE",
        DefaultValueFactory = _ => s_defaults.Fraction,
    };

    private readonly Option<double> _smoothing = new("--smoothing")
    {
        Description = "Smooths the map, before cells are chosen, by a Gaussian of this standard deviation in cells; 0 leaves it as it is",
        HelpName = "CELLS",
        DefaultValueFactory = _ => s_defaults.SmoothingCells,
    };

    private readonly Option<double?> _attenuation = new("--attenuation")
    {
        Description = "Turns a part that is taken away down by so much instead of silencing it",
        HelpName = "DECIBELS",
    };

    private readonly Option<int> _draws = new("--draws")
    {
        Description = "How many random parts of the same shape the important part is held against; below 19 nothing is said to survive",
        HelpName = "N",
        DefaultValueFactory = _ => s_defaults.Draws,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Fixes the random parts",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_fraction);
        command.Options.Add(_smoothing);
        command.Options.Add(_attenuation);
        command.Options.Add(_draws);
        command.Options.Add(_seed);
    }

    public ListeningOptions Read(ParseResult parsed) => UsageException.Guard(parsed, () => new ListeningOptions
    {
        Fraction = parsed.GetValue(_fraction),
        SmoothingCells = parsed.GetValue(_smoothing),
        AttenuationDecibels = parsed.GetValue(_attenuation),
        Draws = parsed.GetValue(_draws),
        Seed = parsed.GetValue(_seed),
    });
}
