using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai inspect</c>: what a model is, and what of it can be explained.</summary>
internal static class InspectCommand
{
    private const int MostLabels = 1000;

    public static Command Create(GlobalOptions globals, Session session)
    {
        Argument<string?> file = new("MODEL")
        {
            Description = "The .onnx file [default: --model, or the bundled AudioResNet]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new(
            "inspect",
            "Shows a model's operators, the layers usable for class activation maps, its front-end contract, and which methods apply")
        {
            file,
        };
        globals.Contract.AddTo(command);
        command.SetAction(parsed =>
        {
            using AudioClassifier model = AudioClassifier.Load(
                parsed.GetValue(file) ?? globals.ModelPath(parsed), globals.Settings(parsed));
            ModelInspection inspection = ModelInspection.Of(model);
            session.Cancellation.ThrowIfCancellationRequested();
            if (globals.WantsJson(parsed))
                session.Out.WriteLine(ToolJson.From(ToJson(model, inspection)));
            else
                WriteText(session.Out, model, inspection);
        });
        return command;
    }

    private static string LabelsOf(AudioClassifier model) => string.Join(", ", model.Labels.Take(MostLabels))
        + (model.Labels.Count <= MostLabels
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" and {model.Labels.Count - MostLabels} more (--json has all)"));

    private static void WriteText(TextWriter output, AudioClassifier model, ModelInspection inspection)
    {
        output.WriteLine($"model      {model.Name}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opset      {model.Source.Opset}, {model.Source.Nodes.Count} nodes"));
        output.WriteLine($"outputs    {string.Join(", ", model.Source.Outputs)}");
        output.WriteLine($"labels     {LabelsOf(model)}");
        foreach (ContractPart part in model.Contract)
            output.WriteLine($"{part.Part,-10} {part.Value} ({part.Source})");
        if (model.StrippedSoftmax is { } softmax)
            output.WriteLine($"left off   {softmax}: the scores before it are explained");
        foreach (AppliedPass pass in model.Passes)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loading    {pass.Name}: {pass.Places}"));
        output.WriteLine($"front end  {(model.FrontEnd is { } frontEnd ? Describe(frontEnd) : "none: the model takes .npy only")}");
        output.WriteLine($"layers     {(inspection.DefaultLayer is { } last
            ? $"{string.Join(", ", inspection.Layers)} (class activation maps take {last} unless told otherwise)"
            : "none for class activation maps")}");
        output.WriteLine("operators");
        foreach (OperatorCoverage each in inspection.Operators)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture, $"    {each.Operator} x {each.Count}{(each.HasGradient ? "" : "  (no gradient)")}"));
        foreach (NodeCoverage each in inspection.Nodes.Where(node => !node.IsCovered))
            output.WriteLine($"    no gradient through {each.Node}: {each.Problem}");
        output.WriteLine("methods");
        foreach (MethodCoverage each in inspection.Methods)
            output.WriteLine($"    {each.Method}  {(each.Reason is null ? "applies" : $"does not apply: {each.Reason}")}");
    }

    private static string Describe(FrontEndContract contract) => contract.FrontEnd is not LogMelFrontEnd { AnyLength: false }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{contract.FrontEnd.Name}, {contract.FrontEnd.SampleRate} Hz, {(contract.FrontEnd.HeardSeconds is { } seconds
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds} s") : "any length")}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{contract.Options.SampleRate} Hz, {contract.Options.Seconds} s, FFT {contract.Options.FftSize}, hop "
                + $"{contract.Options.HopLength}, {contract.Options.MelBins} mel bins {contract.Options.MinimumFrequency} to "
                + $"{contract.Options.MaximumFrequency} Hz, mean {contract.Mean:0.###} dB, deviation {contract.StandardDeviation:0.###} dB"
        );

    private static InspectionJson ToJson(AudioClassifier model, ModelInspection inspection) => new(
        model.Name, model.Source.Opset, model.Source.Nodes.Count, model.Source.Inputs[0].ToString(),
        model.Source.Outputs.Select(output => output.ToString()), model.Labels, model.StrippedSoftmax,
        model.Contract.Select(part => new ContractPartJson(part.Part, part.Value, part.Source, part.IsAssumed)),
        model.Passes.Select(pass => new PassJson(pass.Name, pass.Places)),
        model.FrontEnd is { } frontEnd ? JsonNode.Parse(frontEnd.ToJson()) : null, inspection.Layers, inspection.DefaultLayer,
        inspection.Operators.Select(each => new OperatorJson(each.Operator, each.Count, each.HasGradient)),
        inspection.Nodes.Where(node => !node.IsCovered).Select(each => new NodeJson(each.Node, each.Problem)),
        inspection.Methods.Select(each => new CoverageJson(each.Method, each.Reason is null, each.Reason)));
}
