using System.CommandLine;
using System.Text.Json;

namespace AudioEmotionXai.Cli;

/// <summary>The options that say what a model takes and gives, where its file does not: see <see cref="ModelContract"/>.</summary>
internal sealed class ContractOptions
{
    private readonly Option<string?> _input = new("--input")
    {
        Description = "Which of the model's inputs is explained [default: the only one that can be]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _layout = new("--layout")
    {
        Description = "What its axes mean: n items, c channels, f frequency, t time, s samples, d features, such as \"n t f\" "
            + "[default: worked out]",
        HelpName = "LETTERS",
    };

    private readonly Option<string[]> _feed = new("--feed")
    {
        Description = "What another input is fed: length, ones, zeros or a number; can be repeated",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Which of the model's outputs holds the scores [default: the only one that can be]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _head = new("--head")
    {
        Description = "What the scores are: softmax (one class of several), sigmoid (each by itself), linear (quantities) or "
            + "probabilities [default: worked out]",
        HelpName = "HEAD",
    };

    private readonly Option<string?> _frames = new("--frames")
    {
        Description = "How scores of frames become a clip's: mean, max or last [default: mean]",
        HelpName = "HOW",
    };

    private readonly Option<string?> _frontEnd = new("--front-end")
    {
        Description = "How a recording becomes the input: whisper, ast, wav2vec2, yamnet, mfcc:COUNT, none:RATE, or a .json "
            + "[default: what the model's file says]",
        HelpName = "KIND|FILE",
    };

    private readonly Option<string?> _labels = LabelOption("--labels"), _classLabels = LabelOption("--class-labels");

    /// <summary>The options; the labels are <c>--class-labels</c> where the command means something else by <c>--labels</c>.</summary>
    public void AddTo(Command command, bool hasOtherLabels = false)
    {
        command.Add(_input);
        command.Add(_layout);
        command.Add(_feed);
        command.Add(_output);
        command.Add(_head);
        command.Add(_frames);
        command.Add(_frontEnd);
        command.Add(hasOtherLabels ? _classLabels : _labels);
    }

    /// <summary>The files that are read: labels, a front end.</summary>
    public IEnumerable<string?> Files(ParseResult parsed) =>
    [
        LabelText(parsed) is { } text && IsFile(text) ? text : null,
        parsed.GetValue(_frontEnd) is { } file && File.Exists(file) ? file : null,
    ];

    /// <summary>What is said; null where nothing is.</summary>
    public ModelContract? Read(ParseResult parsed)
    {
        Dictionary<string, string> feeds = [];
        foreach (string feed in parsed.GetValue(_feed) ?? [])
        {
            int split = feed.IndexOf('=', StringComparison.Ordinal);
            if (split < 1)
                throw new UsageException($"--feed is '{feed}'; expected NAME=VALUE, such as lengths=length.");
            feeds[feed[..split]] = feed[(split + 1)..];
        }

        ModelContract contract = new()
        {
            Input = parsed.GetValue(_input),
            Layout = parsed.GetValue(_layout) is { } layout ? UsageException.Guard(() => InputLayout.Parse(layout)) : null,
            Feeds = feeds,
            Output = parsed.GetValue(_output),
            Head = Choice<ClassHead>(parsed, _head),
            Frames = Choice<FrameReduction>(parsed, _frames),
            FrontEnd = parsed.GetValue(_frontEnd) is { } frontEnd ? UsageException.Guard(() => FrontEnd.Parse(frontEnd)) : null,
            Labels = LabelText(parsed) is { } labels ? LabelsFrom(labels) : null,
        };
        return contract == new ModelContract() ? null : contract;
    }

    private static Option<string?> LabelOption(string name) => new(name)
    {
        Description = "The classes' names in order: separated by commas, or a file (.json list, or a line each)",
        HelpName = "NAMES|FILE",
    };

    private string? LabelText(ParseResult parsed) => parsed.GetValue(_labels) ?? parsed.GetValue(_classLabels);

    private static T? Choice<T>(ParseResult parsed, Option<string?> option)
        where T : struct, Enum
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        foreach (T value in Enum.GetValues<T>())
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        throw new UsageException(
            $"{option.Name} is '{text}'; expected {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");
    }

    private static bool IsFile(string text) =>
        Path.GetExtension(text).ToUpperInvariant() is ".JSON" or ".TXT" or ".CSV" || File.Exists(text);

    private static string[] LabelsFrom(string text)
    {
        if (!IsFile(text))
            return text.Split(',', StringSplitOptions.TrimEntries);
        string content = File.ReadAllText(text);
        if (!Path.GetExtension(text).Equals(".json", StringComparison.OrdinalIgnoreCase))
            return [.. content.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Length > 0)];
        try
        {
            using JsonDocument json = JsonDocument.Parse(content);
            return [.. json.RootElement.EnumerateArray().Select(label => label.GetString() ?? throw new InvalidOperationException())];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new UsageException($"{text}: a list of texts was expected, such as [\"anger\", \"fear\"].");
        }
    }
}
