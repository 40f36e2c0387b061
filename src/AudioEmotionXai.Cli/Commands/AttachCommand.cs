using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai attach</c>: what a model takes and gives, written into a copy of its file.</summary>
internal sealed class AttachCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The .onnx file" };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Where the model with its contract goes: .onnx",
        HelpName = "FILE",
        Required = true,
    };

    public static Command Create(GlobalOptions globals, Session session)
    {
        AttachCommand options = new();
        Command command = new(
            "attach",
            "Writes into a copy of a model what it takes and gives, so that every command, and the library, knows it from the file")
        {
            options._model,
        };
        globals.Contract.AddTo(command);
        command.Add(options._out);
        command.SetAction(parsed => options.Run(parsed, globals, session));
        return command;
    }

    private void Run(ParseResult parsed, GlobalOptions globals, Session session)
    {
        string path = parsed.GetRequiredValue(_model), file = parsed.GetRequiredValue(_out);
        OutputFile.ThrowUnless(file, ".onnx");
        globals.Outputs(parsed, path).Check(file);
        ModelContract? given = globals.Contract.Read(parsed);
        if (given is null)
            throw new UsageException("Say what is to be attached: --layout, --output, --head, --labels, --front-end or another.");
        OnnxModel model = OnnxModel.Load(path);
        given.Over(ModelContract.Of(model)).WriteTo(model);
        // What does not fit is said now, and nothing is written
        using AudioClassifier classifier = AudioClassifier.FromOnnx(model, globals.Settings(parsed));
        session.Cancellation.ThrowIfCancellationRequested();
        model.Save(file);
        session.Error.WriteLine($"wrote {file}");
        if (globals.WantsJson(parsed))
            session.Out.WriteLine(ToolJson.From(new AttachedJson(
                file, classifier.Contract.Select(part => new ContractPartJson(part.Part, part.Value, part.Source, part.IsAssumed)))));
        else
            foreach (ContractPart part in classifier.Contract)
                session.Out.WriteLine(part);
    }
}
