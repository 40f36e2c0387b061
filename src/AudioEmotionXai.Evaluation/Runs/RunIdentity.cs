using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AudioEmotionXai.Evaluation;

/// <summary>What makes two runs the same run: model, clips, methods and options. Finished batches are only taken over between equal
/// runs.</summary>
internal sealed class RunIdentity
{
    private RunIdentity(string modelHash, string corpusHash, string text)
    {
        ModelHash = modelHash;
        CorpusHash = corpusHash;
        Key = MethodIdentity.Hash(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>SHA-256 of the model with all its weights, in hexadecimal: see <see cref="OnnxModel.ContentHash"/>.</summary>
    public string ModelHash { get; }

    /// <summary>SHA-256 of the clips' values, names and truths.</summary>
    public string CorpusHash { get; }

    /// <summary>SHA-256 of everything that the drops depend on.</summary>
    public string Key { get; }

    /// <summary>The identity of a run.</summary>
    public static RunIdentity Of(AudioClassifier model, Corpus corpus, VerificationOptions options)
    {
        string modelHash = model.Source.ContentHash, corpusHash = HashOf(corpus);
        ControlledProtocol controlled = options.Controlled;
        string masks = string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(' ', controlled.Fractions.Select(f => f.ToString("R", CultureInfo.InvariantCulture)))}\n"
                + $"{string.Join(' ', controlled.Fills)}\n{controlled.DrawCount} {controlled.FillCount}\n{controlled.SignedMaps} "
                + $"{controlled.RandomNetworks}"
        );
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"drops 3\n{modelHash}\n{corpusHash}\n{string.Join('\n', options.Methods.Select(method => TextOf(method, model)))}\n"
                + $"{options.Protocols}\n"
                + $"{masks}\n{options.Seed}\n{options.BatchSize}"
        );
        return new RunIdentity(modelHash, corpusHash, text);
    }

    // What a compiled method makes of the model is the surest: it holds whatever the options are
    private static string TextOf(AttributionMethod method, AudioClassifier model) =>
        method is CompiledMethod compiled ? $"{method.Identity} {compiled.ProgramHash(model)}" : method.Identity;

    private static string HashOf(Corpus corpus)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(corpus.Input.ToString()));
        hash.AppendData(MemoryMarshal.AsBytes(corpus.Input.Span));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', corpus.Names)));
        foreach (int truth in corpus.Truths ?? [])
            hash.AppendData(BitConverter.GetBytes(truth));
        foreach (CorpusMap map in corpus.Maps)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{map.Name} {map.Meaning} {map.Values}\n"));
            hash.AppendData(MemoryMarshal.AsBytes(map.Values.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
