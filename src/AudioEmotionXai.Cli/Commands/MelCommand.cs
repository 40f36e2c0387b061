using System.CommandLine;
using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai mel</c>: the log-mel spectrogram of a recording, as the model takes it or in dB.</summary>
internal static class MelCommand
{
    public static Command Create(GlobalOptions globals, Session session)
    {
        Argument<string> input = new("INPUT") { Description = "A recording (.wav)" };
        Option<bool> decibels = new("--decibels") { Description = "Keep decibels instead of normalising as the model expects" };
        Option<string> output = new("--out")
        {
            Description = "Where the array goes: .npy, float32 (bins, frames)",
            HelpName = "FILE",
            Required = true,
        };
        Command command = new("mel", "Computes the log-mel spectrogram of a recording, with the constants that the model file carries")
        {
            input,
            decibels,
            output,
        };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(output);
            OutputFile.ThrowUnless(file, ".npy");
            OutputGuard outputs = globals.Outputs(parsed, parsed.GetRequiredValue(input));
            outputs.Check(file);
            OnnxModel model = OnnxModel.Load(globals.ModelPath(parsed));
            outputs.Add(model.WeightFiles);
            FrontEndContract frontEnd = ContractOf(model);
            LogMelSpectrogram spectrogram = new LogMelExtractor(frontEnd.Options).Extract(
                WavReader.ReadHeard(parsed.GetRequiredValue(input), frontEnd.Options));
            HeardLength.WarnIfCut(session, frontEnd, parsed.GetRequiredValue(input));
            TimeFrequencyMap map = spectrogram.Decibels;
            FloatTensor array = parsed.GetValue(decibels)
                ? new FloatTensor(map.Memory, map.Bins, map.Frames)
                : frontEnd.Normalize(map).Reshape(map.Bins, map.Frames);
            session.Cancellation.ThrowIfCancellationRequested();
            NpyFile.Write(file, array);
            session.Error.WriteLine($"wrote {file}");
            if (globals.WantsJson(parsed))
                session.Out.WriteLine(ToolJson.From(new MelJson(
                    file, map.Bins, map.Frames, parsed.GetValue(decibels) ? "dB" : "z-score", spectrogram.Axes.SecondsPerFrame)));
            else
                session.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{map.Bins} mel bins x {map.Frames} frames"));
        });
        return command;
    }

    /// <summary>The contract from the file alone: no session is needed to hear.</summary>
    private static FrontEndContract ContractOf(OnnxModel model) =>
        FrontEndContract.TryRead(model, out FrontEndContract? contract)
            ? contract
            : throw new ModelFormatException(
                $"{model.Name}: carries no front-end contract, so there is no saying how its spectrograms are made.");
}
