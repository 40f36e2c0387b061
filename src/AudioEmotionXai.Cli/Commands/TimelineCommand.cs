using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai timeline</c>: emotions and relevance over a recording of any length.</summary>
internal sealed class TimelineCommand
{
    private readonly MethodOptions _method = new();

    private readonly Argument<string> _input = new("INPUT") { Description = "A recording (.wav) of any length; it is read piece by piece" };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "The class to explain [default: in each window the predicted one]",
        HelpName = "LABEL|INDEX",
    };

    private readonly Option<double?> _hop = new("--hop")
    {
        Description = "Seconds from one window to the next [default: half a window]",
        HelpName = "SECONDS",
    };

    private readonly Option<double> _step = new("--step")
    {
        Description = "Seconds from one row of timeline.csv to the next",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 0.1,
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Windows that are explained at once; memory grows with it",
        HelpName = "N",
        DefaultValueFactory = _ => new RecordingOptions().BatchSize,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The folder that gets timeline.csv, timeline.json, timeline.svg, emotions.txt (Audacity) and emotions.vtt",
        HelpName = "DIR",
        Required = true,
    };

    public static Command Create(GlobalOptions globals, Session session)
    {
        TimelineCommand options = new();
        Command command = new("timeline", "Follows emotions, and what the model listened to, through a recording of any length")
        {
            options._input,
        };
        options._method.AddTo(command);
        command.Add(options._target);
        command.Add(options._hop);
        command.Add(options._step);
        command.Add(options._batch);
        command.Add(options._out);
        globals.Contract.AddTo(command);
        command.SetAction(parsed => options.Run(parsed, globals, session));
        return command;
    }

    private void Run(ParseResult parsed, GlobalOptions globals, Session session)
    {
        AttributionMethod method = _method.Read(parsed);
        RecordingOptions settings = UsageException.Guard(parsed, () => new RecordingOptions
        {
            HopSeconds = parsed.GetValue(_hop),
            BatchSize = parsed.GetValue(_batch),
            Target = parsed.GetValue(_target) is { } text ? ClassTarget.Parse(text) : ClassTarget.Predicted,
        });
        double step = parsed.GetValue(_step);
        if (!(step is >= 0.001 and <= 3600))
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--step is {step}; expected: 0.001 to 3600 seconds."));
        string input = parsed.GetRequiredValue(_input), folder = parsed.GetRequiredValue(_out);
        OutputGuard outputs = globals.Outputs(parsed, [input, .. MethodOptions.FilesOf(method)]);
        outputs.Check(folder, OutputFolder.Timeline);
        using AudioClassifier model = globals.OpenModel(parsed, session, outputs);
        UsageException.Guard(() => settings.Target.ThrowIfUnknown(model));
        RecordingAnalyzer analyzer = UsageException.Guard(parsed, () => new RecordingAnalyzer(model, method, settings));
        using WavSampleReader recording = WavSampleReader.Open(input);
        RecordingTimeline timeline = WorkDisplay
            .For(session)
            .Run(display => Listen(analyzer, recording, step, display, session.Cancellation));
        session.Cancellation.ThrowIfCancellationRequested();
        TimelineReport report = new(input, Path.GetFileName(model.Name), method.ToString(), timeline);
        report.Write(folder);
        session.Error.WriteLine($"wrote {folder}");
        if (globals.WantsJson(parsed))
            session.Out.Write(report.ToJson());
        else
            foreach (ClassSegment segment in timeline.Segments())
                session.Out.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{segment.Start,9:0.00} - {segment.End,9:0.00} s  {segment.Label} {segment.Probability:0.000}"));
    }

    private static RecordingTimeline Listen(
        RecordingAnalyzer analyzer, WavSampleReader recording, double step, IProgress<WorkStep> display, CancellationToken cancellation)
    {
        MappedProgress<RecordingProgress> progress = new(
            display,
            value => new WorkStep(
                "seconds heard", (int)value.SecondsDone, (int)Math.Max(1, Math.Ceiling(value.SecondsTotal ?? value.SecondsDone))));
        return RecordingTimeline.Collect(analyzer.Analyze(recording, progress, cancellation), analyzer.Labels, step);
    }
}
