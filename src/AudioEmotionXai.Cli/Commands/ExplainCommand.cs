using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai explain</c>: the map of one method for one input.</summary>
internal sealed class ExplainCommand
{
    private readonly GlobalOptions _globals;
    private readonly Session _session;
    private readonly MethodOptions _method = new();

    private readonly Argument<string> _input = new("INPUT")
    {
        Description = "A recording (.wav) or normalised spectrograms (.npy: (H,W), (C,H,W) or (N,C,H,W))",
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "The class to explain [default: the predicted one]",
        HelpName = "LABEL|INDEX",
    };

    private readonly Option<int?> _index = new("--index")
    {
        Description = "Takes one clip of a batch",
        HelpName = "N",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description =
            "Where the map goes: .npy (raw values), .png or .svg (figure with axes) or .json; needed unless --json is given",
        HelpName = "FILE",
    };

    private ExplainCommand(GlobalOptions globals, Session session) => (_globals, _session) = (globals, session);

    public static Command Create(GlobalOptions globals, Session session) => new ExplainCommand(globals, session).Build();

    private Command Build()
    {
        Command command = new("explain", "Shows which cells of a spectrogram made the model decide as it did") { _input };
        _method.AddTo(command);
        command.Add(_target);
        command.Add(_index);
        command.Add(_out);
        _globals.Contract.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private void Run(ParseResult parsed)
    {
        AttributionMethod method = _method.Read(parsed);
        ClassTarget target = parsed.GetValue(_target) is { } text
            ? UsageException.Guard(() => ClassTarget.Parse(text))
            : ClassTarget.Predicted;
        string? file = parsed.GetValue(_out);
        if (file is not null)
            OutputFile.ThrowUnless(file, [.. ExplanationFile.Extensions]);
        else if (!_globals.WantsJson(parsed))
            throw new UsageException("Say where the map goes: --out FILE.npy, .png, .svg or .json, or --json for standard output.");
        OutputGuard outputs = _globals.Outputs(parsed, [parsed.GetRequiredValue(_input), .. MethodOptions.FilesOf(method)]);
        if (file is not null)
            outputs.Check(file);
        using StartupTimes times = new();
        using AudioClassifier model = _globals.OpenModel(parsed, _session, outputs);
        UsageException.Guard(() => target.ThrowIfUnknown(model));
        if (file is not null)
            ThrowIfNoPicture(file, model);
        ExplanationFile explanation = Explain(parsed, model, method, target, file);
        if (file is not null)
            explanation.Save(file);
        Tell(explanation, file, _globals.WantsJson(parsed), times);
    }

    private ExplanationFile Explain(
        ParseResult parsed, AudioClassifier model, AttributionMethod method, ClassTarget target, string? file)
    {
        string source = parsed.GetRequiredValue(_input);
        FloatTensor input = model.ReadInput(source, out IReadOnlyList<string> warnings);
        foreach (string warning in warnings)
            _session.Error.WriteLine($"warning: {source}: {warning}");
        int first = parsed.GetValue(_index) ?? 0;
        if (parsed.GetValue(_index) is not null)
            input = Choose(input, first, source);
        if (file is not null)
            ThrowIfTooMany(file, source, input.Shape[0]);
        AttributionResult result = WorkDisplay
            .For(_session)
            .Run(display =>
                UsageException.Guard(() =>
                {
                    // The input is known to fit: what Attribute still refuses are options that do not fit the model, such as a layer it
                    // does not have.
                    MappedProgress<AttributionProgress> progress = new(
                        display, value => new WorkStep($"{method}", value.Done, value.Total));
                    return method.Attribute(model, input, target, progress, _session.Cancellation);
                }));
        if (result.Predictions.All(said => !said.IsFinite))
            result.Predictions[0].ThrowIfNotFinite(source);
        return new ExplanationFile(model, source, result) { FirstItem = first };
    }

    /// <summary>Refuses a picture of more clips than one.</summary>
    private static void ThrowIfTooMany(string path, string source, int items)
    {
        if (items > 1 && ExplanationFile.IsPicture(path))
            throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source} holds {items} clips, but {path} can show one: choose it with --index 0 to {items - 1}."));
    }

    /// <summary>Refuses a picture of what has no time and frequency: samples of which nobody says the rate, axes of which nobody says the
    /// meaning.</summary>
    private static void ThrowIfNoPicture(string path, AudioClassifier model)
    {
        if (!ExplanationFile.IsPicture(path))
            return;
        if (model.Layout is not { } layout)
            throw new UsageException(
                $"It is not clear what the axes of {model.Name}'s input mean, so that there is no picture: say so by --layout, or "
                    + "take .npy or .json.");
        if (layout.IndexOf(InputAxis.Samples) >= 0 && model.FrontEnd is null)
            throw new UsageException(
                $"{model.Name} takes samples and does not say at what rate, so that there is no picture: say so by "
                    + "--front-end none:RATE, or take .npy or .json.");
    }

    private static FloatTensor Choose(FloatTensor input, int index, string source) =>
        index >= 0 && index < input.Shape[0]
            ? input.Item(index)
            : throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--index is {index}, but {source} holds {input.Shape[0]} clips: 0 to {input.Shape[0] - 1}."));

    private void Tell(ExplanationFile explanation, string? file, bool wantsJson, StartupTimes times)
    {
        foreach (AttributionWarning warning in explanation.Result.Warnings)
            _session.Warn(warning.ToString());
        if (file is not null)
            _session.Error.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"wrote {file} ({explanation.Result.Elapsed.TotalSeconds:0.00} s)"));
        if (wantsJson)
            _session.Out.WriteLine(ToolJson.From(explanation, file, times));
        else
            for (int item = 0; item < explanation.Items; item++)
                _session.Out.WriteLine(Line(explanation, item));
    }

    private static string Line(ExplanationFile explanation, int item)
    {
        Prediction prediction = explanation.Result.Predictions[item];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{explanation.Source}[{explanation.FirstItem + item}]  predicted {prediction.Label} {prediction.Value:0.000}  "
                + $"explained {explanation.Result[item].Target}");
    }
}
