using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai inspect</c>: what a model is, and what of it can be explained.</summary>
internal static class InspectCommand
{
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
        command.SetAction(parsed =>
        {
            using AudioClassifier model = AudioClassifier.Load(
                parsed.GetValue(file) ?? globals.ModelPath(parsed), globals.Settings(parsed));
            ModelInspection inspection = ModelInspection.Of(model);
            session.Cancellation.ThrowIfCancellationRequested();
            if (globals.WantsJson(parsed))
                session.Out.WriteLine(JsonText.Of(json => WriteJson(json, model, inspection)));
            else
                WriteText(session.Out, model, inspection);
        });
        return command;
    }

    private static void WriteText(TextWriter output, AudioClassifier model, ModelInspection inspection)
    {
        output.WriteLine($"model      {model.Name}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opset      {model.Source.Opset}, {model.Source.Nodes.Count} nodes"));
        output.WriteLine($"input      {model.Source.Inputs[0]}");
        output.WriteLine($"outputs    {string.Join(", ", model.Source.Outputs)}");
        output.WriteLine($"labels     {string.Join(", ", model.Labels)}");
        if (model.StrippedSoftmax is { } softmax)
            output.WriteLine($"left off   {softmax}: the scores before it are explained");
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

    private static string Describe(FrontEndContract contract) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{contract.Options.SampleRate} Hz, {contract.Options.Seconds} s, FFT {contract.Options.FftSize}, hop "
                + $"{contract.Options.HopLength}, {contract.Options.MelBins} mel bins {contract.Options.MinimumFrequency} to "
                + $"{contract.Options.MaximumFrequency} Hz, mean {contract.Mean:0.###} dB, deviation {contract.StandardDeviation:0.###} dB"
        );

    private static void WriteJson(Utf8JsonWriter json, AudioClassifier model, ModelInspection inspection)
    {
        json.WriteString("model", model.Name);
        json.WriteNumber("opset", model.Source.Opset);
        json.WriteNumber("nodes", model.Source.Nodes.Count);
        json.WriteString("input", model.Source.Inputs[0].ToString());
        json.WriteTexts("outputs", model.Source.Outputs.Select(output => output.ToString()));
        json.WriteTexts("labels", model.Labels);
        json.WriteString("left_off", model.StrippedSoftmax);
        json.WritePropertyName("front_end");
        json.WriteRawValue(model.FrontEnd?.ToJson() ?? "null");
        json.WriteTexts("layers", inspection.Layers);
        json.WriteString("default_layer", inspection.DefaultLayer);
        json.WriteStartArray("operators");
        foreach (OperatorCoverage each in inspection.Operators)
            WriteOperator(json, each);
        json.WriteEndArray();
        json.WriteStartArray("nodes_without_gradient");
        foreach (NodeCoverage each in inspection.Nodes.Where(node => !node.IsCovered))
            WriteNode(json, each);
        json.WriteEndArray();
        json.WriteStartArray("methods");
        foreach (MethodCoverage each in inspection.Methods)
            WriteMethod(json, each);
        json.WriteEndArray();
    }

    private static void WriteOperator(Utf8JsonWriter json, OperatorCoverage coverage)
    {
        json.WriteStartObject();
        json.WriteString("operator", coverage.Operator);
        json.WriteNumber("count", coverage.Count);
        json.WriteBoolean("has_gradient", coverage.HasGradient);
        json.WriteEndObject();
    }

    private static void WriteNode(Utf8JsonWriter json, NodeCoverage coverage)
    {
        json.WriteStartObject();
        json.WriteString("node", coverage.Node);
        json.WriteString("problem", coverage.Problem);
        json.WriteEndObject();
    }

    private static void WriteMethod(Utf8JsonWriter json, MethodCoverage coverage)
    {
        json.WriteStartObject();
        json.WriteString("id", coverage.Method);
        json.WriteBoolean("applies", coverage.Reason is null);
        json.WriteString("reason", coverage.Reason);
        json.WriteEndObject();
    }
}
