using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>What <c>report</c> and <c>verify</c> have in common: the clips, their true classes, the methods and the seed.</summary>
internal sealed class CorpusOptions(string[] defaultMethods, int defaultMetrics, int defaultSanity)
{
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Recordings (.wav) or normalised spectrograms (.npy) [default: the bundled samples]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "The true classes of all clips in order, as indices (.npy)",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _methods = new("--methods")
    {
        Description =
            "The methods: ids between commas, or one method with options, such as \"lrp rules=epsilon\"; may be given several times",
        HelpName = "ID,ID",
        DefaultValueFactory = _ => defaultMethods,
    };

    private readonly Option<int?> _perClass = new("--per-class")
    {
        Description = "Takes the first N clips of each true class",
        HelpName = "N",
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Fixes every random draw",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _metrics = new("--metrics")
    {
        Description =
            "Measures deletion, insertion, infidelity and their like on the first N clips of each class (hundreds of runs for each clip); "
                + "0 leaves them out, but for the curves of a report",
        HelpName = "N",
        DefaultValueFactory = _ => defaultMetrics,
    };

    private readonly Option<int> _sanity = new("--sanity")
    {
        Description =
            "Checks on the first N clips of each class that maps change when the model's weights do (methods that run the model many "
                + "times: a quarter of them); 0 leaves that out",
        HelpName = "N",
        DefaultValueFactory = _ => defaultSanity,
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_inputs);
        command.Options.Add(_labels);
        command.Options.Add(_methods);
        command.Options.Add(_perClass);
        command.Options.Add(_seed);
        command.Options.Add(_metrics);
        command.Options.Add(_sanity);
    }

    /// <summary>What is verified, and on how many clips.</summary>
    public VerificationOptions Verification(ParseResult parsed) => new()
    {
        Methods = Methods(parsed),
        Seed = AtLeastZero(parsed, _seed),
        MetricClipsPerClass = AtLeastZero(parsed, _metrics),
        SanityClipsPerClass = AtLeastZero(parsed, _sanity),
    };

    /// <summary>The methods in the order given: a text with a blank is one method with options, else ids between commas.</summary>
    private AttributionMethod[] Methods(ParseResult parsed) =>
        [
            .. parsed.GetRequiredValue(_methods)
                .SelectMany(text =>
                    text.Contains(' ', StringComparison.Ordinal) ? [text] : text.Split(',', StringSplitOptions.RemoveEmptyEntries))
                .Select(AttributionMethods.Parse),
        ];

    private static int AtLeastZero(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is >= 0 and int value
            ? value
            : throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {parsed.GetValue(option)}; expected 0 or more."));

    /// <summary>The clips; the bundled samples where no INPUT is given.</summary>
    public Corpus Read(ParseResult parsed, AudioClassifier model, int? bundledPerClass = null)
    {
        string[] inputs = parsed.GetValue(_inputs) ?? [];
        if (inputs.Length == 0 && model.TakesSamples)
            throw new UsageException(
                $"The bundled samples are spectrograms, but the model {model.Name} takes samples: give recordings (.wav) as INPUT.");
        Corpus corpus = inputs.Length == 0 ? BundledSamples.Load() : ReadInputs(inputs, parsed.GetValue(_labels), model);
        if (inputs.Length == 0 && parsed.GetValue(_labels) is not null)
            throw new UsageException("--labels belongs to an INPUT; the bundled samples have their own.");
        if ((parsed.GetValue(_perClass) ?? (inputs.Length == 0 ? bundledPerClass : null)) is not { } perClass)
            return corpus;
        if (perClass < 1)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--per-class is {perClass}; expected 1 or more."));
        return corpus.Truths is null
            ? throw new UsageException("--per-class needs the true classes: give --labels.")
            : corpus.TakePerClass(perClass);
    }

    private static Corpus ReadInputs(string[] inputs, string? labels, AudioClassifier model)
    {
        List<FloatTensor> parts = [];
        List<string> names = [];
        List<AudioClip?> recordings = [];
        foreach (string input in inputs)
        {
            FloatTensor part = model.ReadInput(input);
            parts.Add(part);
            AudioClip? recording = string.Equals(Path.GetExtension(input), ".wav", StringComparison.OrdinalIgnoreCase)
                ? WavReader.Read(input)
                : null;
            recordings.AddRange(Enumerable.Repeat(recording, part.Shape[0]));
            for (int item = 0; item < part.Shape[0]; item++)
                names.Add(
                    part.Shape[0] == 1
                        ? Path.GetFileName(input)
                        : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(input)}[{item}]"));
        }

        int[]? truths = labels is null ? null : NpyFile.ReadInt32(labels);
        if (truths is not null && truths.Length != names.Count)
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{labels}: holds {truths.Length} labels for {names.Count} clips."));
        return new Corpus(Join(parts, inputs), names, truths) { Recordings = recordings };
    }

    private static FloatTensor Join(List<FloatTensor> parts, string[] inputs)
    {
        if (parts.Count == 1)
            return parts[0];
        FloatTensor all = new([parts.Sum(part => part.Shape[0]), .. parts[0].Shape[1..]]);
        int at = 0;
        for (int i = 0; i < parts.Count; i++)
        {
            if (!parts[i].Shape[1..].SequenceEqual(parts[0].Shape[1..]))
                throw new FormatException($"{inputs[i]}: its shape {parts[i]} does not go together with {parts[0]} of {inputs[0]}.");
            parts[i].Span.CopyTo(all.Items(at, parts[i].Shape[0]).Span);
            at += parts[i].Shape[0];
        }

        return all;
    }
}
