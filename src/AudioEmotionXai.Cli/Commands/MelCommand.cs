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
            globals.Outputs(parsed, parsed.GetRequiredValue(input)).Check(file);
            FrontEndContract frontEnd = ContractOf(globals.ModelPath(parsed));
            LogMelSpectrogram spectrogram = new LogMelExtractor(frontEnd.Options).Extract(WavReader.Read(parsed.GetRequiredValue(input)));
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
    private static FrontEndContract ContractOf(string modelPath) =>
        FrontEndContract.TryRead(OnnxModel.Load(modelPath), out FrontEndContract? contract)
            ? contract
            : throw new ModelFormatException(
                $"{modelPath}: carries no front-end contract, so there is no saying how its spectrograms are made.");
}
