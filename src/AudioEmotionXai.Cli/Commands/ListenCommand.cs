using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai listen</c>: an explanation as sound.</summary>
internal sealed class ListenCommand
{
    private readonly GlobalOptions _globals;
    private readonly Session _session;
    private readonly MethodOptions _method = new();
    private readonly AudibleOptions _audible = new();

    private readonly Argument<string> _input = new("INPUT") { Description = "A recording (.wav)" };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "The class to explain [default: the predicted one]",
        HelpName = "LABEL|INDEX",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description =
            "The folder that gets the sounds (.wav), labels.txt (Audacity), labels.vtt (WebVTT), listen.json, figure.svg and index.html",
        HelpName = "DIR",
        Required = true,
    };

    private ListenCommand(GlobalOptions globals, Session session) => (_globals, _session) = (globals, session);

    public static Command Create(GlobalOptions globals, Session session) => new ListenCommand(globals, session).Build();

    private Command Build()
    {
        Command command = new(
            "listen",
            "Plays what the model heard: the important part of a recording, the recording without it, and whether that carries the decision"
        )
        {
            _input,
        };
        _method.AddTo(command);
        command.Add(_target);
        _audible.AddTo(command);
        command.Add(_out);
        _globals.Contract.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private void Run(ParseResult parsed)
    {
        AttributionMethod method = _method.Read(parsed);
        ListeningOptions options = _audible.Read(parsed);
        ClassTarget target = parsed.GetValue(_target) is { } text
            ? UsageException.Guard(() => ClassTarget.Parse(text))
            : ClassTarget.Predicted;
        string source = parsed.GetRequiredValue(_input),
            folder = parsed.GetRequiredValue(_out);
        if (!string.Equals(Path.GetExtension(source), ".wav", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"INPUT is a recording (.wav), not '{source}': a spectrogram cannot be heard.");
        OutputGuard outputs = _globals.Outputs(parsed, [source, .. MethodOptions.FilesOf(method)]);
        outputs.Check(folder, OutputFolder.Listen);
        using AudioClassifier model = _globals.OpenModel(parsed, _session, outputs);
        UsageException.Guard(() => target.ThrowIfUnknown(model));
        AudibleExplanation heard;
        try
        {
            heard = Explain(model, source, method, target, options);
        }
        catch (UsageException wrong) when (wrong.InnerException is ArgumentException { ParamName: "samples" })
        {
            // So loud that what is made of it is not finite: the recording's fault, not that of what was typed
            throw new FormatException($"{source}: {wrong.Message}", wrong);
        }

        ListeningReport.Write(model, heard, Path.GetFileName(source), folder, _session.Cancellation);
        Tell(heard, folder, _globals.WantsJson(parsed));
    }

    private AudibleExplanation Explain(
        AudioClassifier model,
        string source,
        AttributionMethod method,
        ClassTarget target,
        ListeningOptions options) =>
        WorkDisplay
            .For(_session)
            .Run(display =>
            {
                MappedProgress<AttributionProgress> progress = new(display, value => new WorkStep($"{method}", value.Done, value.Total));
                if (model.FrontEnd is not { } frontEnd)
                    throw new ArgumentException(
                        $"The model {model.Name} does not say how a recording becomes its input, so that nothing can be made audible.");
                AudioClip heard = WavReader.ReadHeard(source, frontEnd.FrontEnd);
                return UsageException.Guard(() =>
                {
                    Explanation explained = method.Explain(model, source, target, progress, _session.Cancellation);
                    return AudibleExplanation.Create(model, heard, explained, options, _session.Cancellation);
                });
            });

    private void Tell(AudibleExplanation heard, string folder, bool wantsJson)
    {
        foreach (string warning in heard.Warnings)
            _session.Warn(warning);
        _session.Error.WriteLine($"wrote {Path.Combine(folder, "index.html")}");
        if (wantsJson)
        {
            _session.Out.Write(File.ReadAllText(Path.Combine(folder, "listen.json")));
            return;
        }

        foreach (HeardSound sound in heard.Sounds)
            _session.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{SoundNames.TitleOf(sound.Kind),-32} {heard.Explained.Target.Label} "
                        + $"{sound.Prediction.Values.Span[heard.Explained.Target.Index]:0.000}  heard as {sound.Prediction.Label}"));
        _session.Out.WriteLine(heard.Verdict);
    }
}
