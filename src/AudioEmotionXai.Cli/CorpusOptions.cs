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

    private readonly Option<string?> _groups = new("--groups")
    {
        Description =
            "The group of each clip, such as its speaker, which intervals are then over: a .csv with the columns clip (its name, or its "
                + "number from 0) and group, or a pattern whose first group is read off the clips' names, such as \"^([A-Z]+[0-9])_\"",
        HelpName = "FILE|PATTERN",
    };

    private readonly Option<string[]> _maps = new("--maps")
    {
        Description =
            "Maps made elsewhere, one of each clip in order (.npy), measured like a method; may be given several times; unsigned maps as "
                + "positive=FILE",
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
        command.Options.Add(_groups);
        command.Options.Add(_maps);
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

    /// <summary>Of the methods that are taken where none is named, those that can explain the model; in the place of LRP, where it has no
    /// rule for an operator, input x gradient.</summary>
    public VerificationOptions For(AudioClassifier model, ParseResult parsed, VerificationOptions asked, Session session)
    {
        if (parsed.GetResult(_methods) is not { Implicit: true })
            return asked;
        List<AttributionMethod> methods = [];
        foreach (AttributionMethod method in asked.Methods)
        {
            if (method.FindProblem(model) is not { } problem)
            {
                methods.Add(method);
                continue;
            }

            InputXGradient stead = new();
            bool isReplaced = method is Lrp && stead.FindProblem(model) is null;
            session.Warn($"{method.Id} is left out{(isReplaced ? $", {stead.Id} taken in its place" : "")}: {problem}");
            if (isReplaced)
                methods.Add(stead);
        }

        return methods.Count > 0
            ? asked with { Methods = methods }
            : throw new UsageException($"None of the default methods can explain {model.Name}: name others by {_methods.Name}.");
    }

    /// <summary>The files that are read.</summary>
    public IEnumerable<string?> Files(ParseResult parsed, VerificationOptions verification) =>
        [
            .. parsed.GetValue(_inputs) ?? [], parsed.GetValue(_labels),
            parsed.GetValue(_groups) is { } groups && ClipGroups.IsTable(groups) ? groups : null,
            .. (parsed.GetValue(_maps) ?? []).Select(map => Unprefixed(map).File),
            .. verification.Methods.SelectMany(MethodOptions.FilesOf),
        ];

    /// <summary>The methods in the order given: a text with a blank is one method with options, else ids between commas.</summary>
    private AttributionMethod[] Methods(ParseResult parsed)
    {
        AttributionMethod[] methods =
        [
            .. parsed.GetRequiredValue(_methods)
                .SelectMany(text =>
                    text.Contains(' ', StringComparison.Ordinal) ? [text] : text.Split(',', StringSplitOptions.RemoveEmptyEntries))
                .Select(Method),
        ];
        return methods.Length > 0 ? methods : throw new UsageException($"{_methods.Name} names no method; 'aexai methods' lists them.");
    }

    private static AttributionMethod Method(string text)
    {
        MethodOptions.ThrowIfUnknown(text.Split(' ', 2)[0], []);
        return AttributionMethods.Parse(text);
    }

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
        corpus = Complete(parsed, corpus);
        if ((parsed.GetValue(_perClass) ?? (inputs.Length == 0 ? bundledPerClass : null)) is not { } perClass)
            return corpus;
        if (perClass < 1)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--per-class is {perClass}; expected 1 or more."));
        return corpus.Truths is null
            ? throw new UsageException("--per-class needs the true classes: give --labels.")
            : corpus.TakePerClass(perClass);
    }

    // With what belongs to each clip beside its values
    private Corpus Complete(ParseResult parsed, Corpus corpus)
    {
        string[] maps = parsed.GetValue(_maps) ?? [];
        return parsed.GetValue(_groups) is null && maps.Length == 0
            ? corpus
            : UsageException.Guard(parsed, () => new Corpus(corpus.Input, corpus.Names, corpus.Truths)
            {
                Recordings = corpus.Recordings,
                Warnings = corpus.Warnings,
                Groups = parsed.GetValue(_groups) is { } groups ? ClipGroups.Read(groups, corpus.Names) : null,
                Maps = [.. maps.Select(MapOf)],
            });
    }

    private static CorpusMap MapOf(string text)
    {
        (string file, MapMeaning meaning) = Unprefixed(text);
        return new CorpusMap(Path.GetFileNameWithoutExtension(file), NpyFile.Read(file), meaning);
    }

    private static (string File, MapMeaning Meaning) Unprefixed(string text)
    {
        const string Unsigned = "positive=";
        return text.StartsWith(Unsigned, StringComparison.Ordinal)
            ? (text[Unsigned.Length..], MapMeaning.Positive)
            : (text, MapMeaning.Signed);
    }

    private static Corpus ReadInputs(string[] inputs, string? labels, AudioClassifier model)
    {
        List<FloatTensor> parts = [];
        List<string> names = [];
        List<AudioClip?> recordings = [];
        List<IReadOnlyList<string>> warnings = [];
        double? longest = LongestOf(inputs, model);
        foreach (string input in inputs)
        {
            FloatTensor part = ReadInput(input, model, longest, out AudioClip? recording, out IReadOnlyList<string> told);
            parts.Add(part);
            warnings.AddRange(Enumerable.Repeat(told, part.Shape[0]));
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
        return new Corpus(Join(parts, inputs), names, truths) { Recordings = recordings, Warnings = warnings };
    }

    /// <summary>The longest recording, where a model hears any length: clips of one run are of one length, which the others are filled up
    /// to; null where the model says how long they are.</summary>
    private static double? LongestOf(string[] inputs, AudioClassifier model)
    {
        if (inputs.Length < 2 || model.FrontEnd is not { FrontEnd.SampleCount: null })
            return null;
        double longest = 0;
        foreach (string input in inputs.Where(IsRecording))
        {
            using WavSampleReader reader = WavSampleReader.Open(input);
            longest = Math.Max(longest, (double)(reader.SampleCount ?? 0) / reader.SampleRate);
        }

        return longest > 0 ? Math.Min(longest, FrontEnd.LongestSeconds) : null;
    }

    private static bool IsRecording(string input) => string.Equals(Path.GetExtension(input), ".wav", StringComparison.OrdinalIgnoreCase);

    private static FloatTensor ReadInput(
        string input, AudioClassifier model, double? longest, out AudioClip? recording, out IReadOnlyList<string> told)
    {
        recording = IsRecording(input) && model.FrontEnd is { } frontEnd ? WavReader.ReadHeard(input, frontEnd.FrontEnd) : null;
        if (longest is not { } seconds || recording is not { } clip)
            return model.ReadInput(input, out told);
        int wanted = (int)Math.Round(seconds * clip.SampleRate);
        if (clip.Samples.Length >= wanted)
            return model.ReadInput(input, out told);
        float[] filled = new float[wanted];
        clip.Samples.Span.CopyTo(filled);
        recording = new AudioClip(filled, clip.SampleRate);
        told =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"the clip is {clip.Seconds:0.00} s long, and filled up with silence to the longest clip's {seconds:0.00} s"),
        ];
        return model.ToInput(recording);
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
