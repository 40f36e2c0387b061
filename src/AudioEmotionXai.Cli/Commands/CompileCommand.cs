using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai compile</c>: a model that explains itself, as one ONNX file.</summary>
internal static class CompileCommand
{
    public static Command Create(GlobalOptions globals, Session session)
    {
        MethodOptions methods = new();
        Option<string> output = new("--out")
        {
            Description = "Where the graph goes: .onnx",
            HelpName = "FILE",
            Required = true,
        };
        Option<bool> waveform = new("--waveform")
        {
            Description =
                "Puts the model's log-mel front end before it: the graph takes samples (N, samples), and gives each its relevance",
        };
        Command command = new(
            "compile",
            "Writes model and explanation as one plain ONNX graph, for any ONNX Runtime: inputs are the model's own and target_class "
                + "(int64, [N]; below zero: the predicted class), outputs logits and relevance");
        methods.AddTo(command);
        command.Add(waveform);
        command.Add(output);
        globals.Contract.AddTo(command);
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(output);
            OutputFile.ThrowUnless(file, ".onnx");
            CompiledMethod method =
                methods.Read(parsed) as CompiledMethod
                ?? throw new UsageException(
                    $"This method is not a single pass through one graph; those that compile are "
                        + $"{string.Join(", ", AttributionMethods.All.Where(each => each.Compiles).Select(each => each.Id))}.");
            OutputGuard outputs = globals.Outputs(parsed, MethodOptions.FilesOf(method));
            outputs.Check(file);
            using AudioClassifier model = globals.OpenModel(parsed, session, outputs);
            OnnxModel graph = parsed.GetValue(waveform)
                ? CompileOnSamples(method, model)
                : UsageException.Guard(() => method.Compile(model));
            session.Cancellation.ThrowIfCancellationRequested();
            graph.Save(file);
            session.Error.WriteLine($"wrote {file}");
            if (globals.WantsJson(parsed))
                session.Out.WriteLine(ToolJson.From(new CompiledJson(
                    file, method.ToString(), graph.Opset, graph.Nodes.Count,
                    [.. graph.Inputs.Select(input => input.Name)], [.. graph.Outputs.Select(each => each.Name)])));
            else
                session.Out.WriteLine($"{string.Join(", ", graph.Inputs)} -> {string.Join(", ", graph.Outputs)}");
        });
        return command;
    }

    private static OnnxModel CompileOnSamples(CompiledMethod method, AudioClassifier model)
    {
        using AudioClassifier joined = model.WithWaveformInput();
        return UsageException.Guard(() => method.Compile(joined));
    }
}
