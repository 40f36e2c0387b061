using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai export</c>: a PyTorch checkpoint becomes an ONNX model.</summary>
internal sealed class ExportCommand
{
    private readonly Argument<string> _checkpoint = new("CHECKPOINT")
    {
        Description = "The .pt file: a state dict of AudioResNet as torch.save writes it. Read as data; nothing in it is executed",
    };

    private readonly Option<string> _labels = new("--labels")
    {
        Description = "The classes' names: a .npy with a pickled dictionary, or a .json",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _frontEnd = new("--front-end")
    {
        Description = "The constants of the spectrograms that the model was trained on (.json); they travel in the model file",
        HelpName = "FILE",
    };

    private readonly Option<bool> _keepBatchNorm = new("--keep-batch-norm")
    {
        Description = "Keep batch normalisation as nodes of its own instead of folding it into the convolutions",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Where the model goes: .onnx",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(GlobalOptions globals, Session session)
    {
        ExportCommand options = new();
        Command command = new("export", "Turns a PyTorch checkpoint into an ONNX model with intermediate outputs, without Python")
        {
            options._checkpoint, options._labels, options._frontEnd, options._keepBatchNorm, options._out,
        };
        command.SetAction(parsed => options.Run(parsed, globals, session));
        return command;
    }

    private void Run(ParseResult parsed, GlobalOptions globals, Session session)
    {
        string file = parsed.GetRequiredValue(_out);
        OutputFile.ThrowUnless(file, ".onnx");
        string?[] inputs = [parsed.GetRequiredValue(_checkpoint), parsed.GetRequiredValue(_labels), parsed.GetValue(_frontEnd)];
        globals.Outputs(parsed, inputs).Check(file);
        OnnxModel model = Export(parsed);
        session.Cancellation.ThrowIfCancellationRequested();
        model.Save(file);
        session.Error.WriteLine($"wrote {file}");
        if (globals.WantsJson(parsed))
            session.Out.WriteLine(ToolJson.From(
                new ExportedJson(file, model.Opset, model.Nodes.Count, [.. model.Outputs.Select(output => output.Name)])));
        else
            session.Out.WriteLine($"{model.Inputs[0]} -> {string.Join(", ", model.Outputs)}");
    }

    private OnnxModel Export(ParseResult parsed)
    {
        FrontEndContract? frontEnd = parsed.GetValue(_frontEnd) is { } path ? FrontEndContract.Load(path) : null;
        ExportOptions options = new() { KeepBatchNormalization = parsed.GetValue(_keepBatchNorm) };
        if (frontEnd is not null)
            options = options with { Bins = frontEnd.Options.MelBins, Frames = frontEnd.Options.FrameCount };
        OnnxModel model = CheckpointExporter.Export(
            parsed.GetRequiredValue(_checkpoint), LabelMapping.Read(parsed.GetRequiredValue(_labels)), options);
        frontEnd?.WriteTo(model);
        return model;
    }
}
