using System.Globalization;

namespace AudioEmotionXai;

/// <summary>Reads the short texts of front ends.</summary>
internal static class FrontEndParser
{
    private const string Expected =
        "whisper, whisper:128 (mel bins), ast, ast:512 (frames), wav2vec2, yamnet, mfcc, mfcc:40 (coefficients), "
        + "mfcc:40:16000 (coefficients and rate), none:16000 (samples at a rate), log-mel, or a .json file";

    public static FrontEnd Parse(string text)
    {
        string[] parts = text.Trim().Split(':');
        FrontEnd? found = (parts[0], parts.Length) switch
        {
            ("whisper", 1) => new WhisperFrontEnd(),
            ("whisper", 2) => new WhisperFrontEnd { MelBins = Number(text, parts[1]) },
            ("ast", 1) => new AstFrontEnd(),
            ("ast", 2) => new AstFrontEnd { Frames = Number(text, parts[1]) },
            ("wav2vec2", 1) => new Wav2Vec2FrontEnd(),
            ("yamnet", 1) => new YamnetFrontEnd(),
            ("mfcc", 1) => new MfccFrontEnd(),
            ("mfcc", 2) => new MfccFrontEnd { Count = Number(text, parts[1]) },
            ("mfcc", 3) => new MfccFrontEnd { Count = Number(text, parts[1]), Mels = MfccFrontEnd.SpectrumAt(Number(text, parts[2])) },
            ("none", 2) => new SamplesFrontEnd { Rate = Number(text, parts[1]) },
            ("log-mel", 1) => new LogMelFrontEnd(new LogMelOptions()),
            _ => null,
        };
        found ??= Path.GetExtension(text).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Read(text) : null;
        if (found is null)
            throw new ArgumentException(
                parts is ["none"]
                    ? "The front end 'none' needs the rate of the samples that the model takes; expected: none:16000, for example."
                    : $"There is no front end '{text}'; expected: {Expected}.",
                nameof(text));
        found.Validate();
        return found;
    }

    private static FrontEnd Read(string path)
    {
        try
        {
            return FrontEnd.FromJson(File.ReadAllText(path), path);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            throw new ModelFormatException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    private static int Number(string text, string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException($"The front end '{text}': '{part}' is no whole number; expected: {Expected}.", nameof(text));
}
