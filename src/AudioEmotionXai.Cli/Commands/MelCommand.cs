using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai mel</c>: what a front end makes of a recording, as the model takes it or in dB, as an array or a picture.</summary>
internal sealed class MelCommand
{
    private readonly Argument<string> _input = new("INPUT") { Description = "A recording (.wav)" };
    private readonly Option<bool> _decibels = new("--decibels")
    {
        Description = "Keep decibels instead of normalising as the model expects",
    };
    private readonly Option<string?> _frontEnd = new("--front-end")
    {
        Description = "whisper, whisper:128, ast, wav2vec2, yamnet, mfcc:40, none:16000, log-mel, or a .json file "
            + "[default: the model's]",
        HelpName = "KIND",
    };
    private readonly Option<string> _output = new("--out")
    {
        Description = "Where it goes: .npy, float32 (bins, frames) or (samples), or a picture (.png, .svg)",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(GlobalOptions globals, Session session)
    {
        MelCommand options = new();
        Command command = new("mel", "Computes the features of a recording, with the front end that the model file carries or any other")
        {
            options._input,
            options._decibels,
            options._frontEnd,
            options._output,
        };
        command.SetAction(parsed => options.Run(parsed, globals, session));
        return command;
    }

    private void Run(ParseResult parsed, GlobalOptions globals, Session session)
    {
        (string input, string file) = (parsed.GetRequiredValue(_input), parsed.GetRequiredValue(_output));
        OutputFile.ThrowUnless(file, ".npy", ".png", ".svg");
        string? text = parsed.GetValue(_frontEnd);
        OutputGuard outputs = globals.Outputs(parsed, input, text);
        outputs.Check(file);
        FrontEnd frontEnd = text is null ? FrontEndOf(globals.ModelPath(parsed), outputs) : Parse(text);
        if (parsed.GetValue(_decibels))
            frontEnd = frontEnd is LogMelFrontEnd logMel
                ? logMel with { Mean = 0, StandardDeviation = 1 }
                : throw new UsageException($"--decibels is for log-mel front ends; this is {frontEnd.Name}.");
        FrontEndFeatures features = frontEnd.Extract(WavReader.ReadHeard(input, frontEnd), session.Cancellation);
        HeardLength.WarnIfCut(session, frontEnd, input);
        session.Cancellation.ThrowIfCancellationRequested();
        Write(file, Path.GetFileName(input), frontEnd, features);
        session.Error.WriteLine($"wrote {file}");
        double step = frontEnd.AxesOf(features.Frames)?.SecondsPerFrame ?? 1.0 / frontEnd.SampleRate;
        if (globals.WantsJson(parsed))
            session.Out.WriteLine(ToolJson.From(new MelJson(file, features.Bins, features.Frames, frontEnd.Unit, step, frontEnd.Name)));
        else
            session.Out.WriteLine(Describe(frontEnd, features));
    }

    private static void Write(string file, string name, FrontEnd frontEnd, FrontEndFeatures features)
    {
        if (OutputFile.ExtensionOf(file) == ".npy")
        {
            NpyFile.Write(
                file,
                features.AreSamples
                    ? new FloatTensor(features.Values, features.Frames)
                    : new FloatTensor(features.Values, features.Bins, features.Frames));
            return;
        }

        if (features.AreSamples)
            throw new UsageException($"The front end {frontEnd.Name} gives samples, of which there is no picture: --out takes .npy.");
        ClipFigure figure = new()
        {
            Title = $"{name}: {frontEnd.Name}",
            Spectrogram = features.ToMap(),
            SpectrogramUnit = frontEnd.Unit,
            Axes = frontEnd.AxesOf(features.Frames),
        };
        if (OutputFile.ExtensionOf(file) == ".png")
            figure.SavePng(file);
        else
            figure.SaveSvg(file);
    }

    private static string Describe(FrontEnd frontEnd, FrontEndFeatures features) =>
        features.AreSamples || frontEnd.AxesOf(features.Frames) is { HasHertz: false }
            ? features.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{features.Bins} mel bins x {features.Frames} frames");

    private static FrontEnd Parse(string text)
    {
        try
        {
            return FrontEnd.Parse(text);
        }
        catch (ArgumentException failure)
        {
            throw new UsageException($"--front-end: {Failures.MessageOf(failure)}", failure);
        }
    }

    /// <summary>The front end from the file alone: no session is needed to hear.</summary>
    private static FrontEnd FrontEndOf(string modelPath, OutputGuard outputs)
    {
        OnnxModel model = OnnxModel.Load(modelPath);
        outputs.Add(model.WeightFiles);
        return FrontEndContract.TryRead(model, out FrontEndContract? contract)
            ? contract.FrontEnd
            : throw new ModelFormatException(
                $"{model.Name}: carries no front-end contract, so there is no saying how its spectrograms are made.");
    }
}
