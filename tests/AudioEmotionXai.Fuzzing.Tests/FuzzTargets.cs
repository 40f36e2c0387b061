using System.Globalization;
using System.Text;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Every parser of the library, each with the errors it documents and what it may allocate.</summary>
internal static class FuzzTargets
{
    // A model is compiled for every method, each time with constants of up to 64 MiB: what is added up here is never held at once
    private const long MostForModels = 1L << 30;

    private static readonly string[] s_npyTokens = ["'descr'", "'|O'", "'>f8'", "'<U4'", "'<U1048576'", "'<U0'", "True", "False", "(", ")", ",", "{", "}", "-1", "()", "(0,)", "(99999999,99999999)", "'", "L", ": "];
    private static readonly string[] s_jsonTokens = ["null", "true", "1e999", "-0", "[", "]", "{", "}", "\"", "\\u0000", ",", ":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\"n_fft\":", "NaN", "1e-400"];
    private static readonly string[] s_pickleTokens = ["(", ")", "t", "R", "b", "Q", "]", "}", "u", "e", ".", "0", "1", "2", "\u0093", "cnumpy\ndtype\n", "cos\nsystem\n", "\u0085", "\u0086", "\u0087", "\u0094", "h\u0000"];
    private static readonly string[] s_optionTokens = ["=", " ", "\"", "\"\"", "inner=", "lrp", "smooth-grad", "samples=", "segments=slic:", "grid:0x0", "1e308", "-1", "NaN", "window=1x1", ",", "x", "rules=", "Infinity", "\0", "inner=\"smooth-grad inner="];

    public static FuzzTarget[] All { get; } =
    [
        OfBytes("wav", FuzzCorpus.Wav, ["data", "fmt ", "RIFF", "RF64", "ds64", "WAVE"], ReadWav, failure => failure is AudioFormatException) with { AllocationBase = 64 << 10, AllocationPerByte = 16 },
        OfBytes("wav that cannot seek", FuzzCorpus.Wav, ["data", "fmt ", "ds64"], ReadWavForward, failure => failure is AudioFormatException) with { AllocationBase = 3 << 20, AllocationPerByte = 16 },
        OfBytes("npy", FuzzCorpus.Npy, s_npyTokens, bytes => ReadNpy(bytes), failure => failure is NpyFormatException) with { AllocationBase = 64 << 10, AllocationPerByte = 64 },
        new("npz", FuzzCorpus.DamagedNpz(s_npyTokens), bytes => ReadNpz(bytes), failure => failure is NpyFormatException) { AllocationBase = 4 << 20, AllocationPerByte = 256 },
        OfBytes("onnx", FuzzCorpus.Onnx, ["Conv", "Gemm", "strides"], ReadOnnx, IsModelRefusal) with { AllocationBase = MostForModels, AllocationPerByte = 4000 },
        new("onnx that parses", FuzzCorpus.DamagedGraph, ReadOnnx, IsModelRefusal) { AllocationBase = MostForModels, AllocationPerByte = 4000 },
        new("checkpoint", FuzzCorpus.DamagedCheckpoint(s_pickleTokens), ReadCheckpoint, failure => failure is ModelFormatException) { AllocationBase = 1 << 20, AllocationPerByte = 128 },
        OfBytes("pickled labels", FuzzCorpus.Labels, s_pickleTokens, bytes => ReadLabels(bytes, ".npy"), failure => failure is ModelFormatException) with { AllocationBase = 128 << 10, AllocationPerByte = 256 },
        OfBytes("json labels", FuzzCorpus.JsonLabels, s_jsonTokens, bytes => ReadLabels(bytes, ".json"), failure => failure is ModelFormatException) with { AllocationBase = 128 << 10, AllocationPerByte = 256 },
        OfBytes("front end", FuzzCorpus.FrontEnd, s_jsonTokens, bytes => FrontEndContract.Parse(Encoding.UTF8.GetString(bytes), "front_end.json"), failure => failure is ModelFormatException) with { AllocationBase = 128 << 10, AllocationPerByte = 64 },
        OfBytes("options", FuzzCorpus.Options, s_optionTokens, ReadOptions, failure => failure is MethodOptionException or ArgumentException or NpyFormatException or FileNotFoundException) with { AllocationBase = 1 << 20, AllocationPerByte = 1024 },
    ];

    private static FuzzTarget OfBytes(string name, byte[][] corpus, string[] tokens, Action<byte[]> parse, Func<Exception, bool> isDocumented) =>
        new(name, random => new ByteMutator(random, tokens).Damage(corpus[random.Next(corpus.Length)], corpus[random.Next(corpus.Length)]), parse, isDocumented);

    private static bool IsModelRefusal(Exception failure) => failure is ModelFormatException or UnsupportedOperatorException;

    private static void ReadWav(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        AudioClip clip = WavReader.Read(stream, "fuzz.wav");
        Assert.That(clip.Samples.Length, Is.LessThanOrEqualTo(bytes.Length));
    }

    private static void ReadWavForward(byte[] bytes)
    {
        using ForwardOnlyStream stream = new(bytes);
        WavReader.Read(stream, "fuzz.wav");
    }

    private static void ReadNpy(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        Use(NpyFile.ReadArray(stream, "fuzz.npy"));
    }

    private static void Use(NpyArray array)
    {
        if (array.ElementType == NpyElementType.Text)
            array.ToStrings();
        else
            array.ToTensor();
    }

    private static void ReadNpz(byte[] bytes)
    {
        NpzFile file = NpzFile.Read(FuzzCorpus.FileOf(bytes, ".npz"));
        foreach (string name in file.Names)
            Use(file[name]);
    }

    private static void ReadOnnx(byte[] bytes)
    {
        OnnxModel parsed = OnnxModel.Parse(bytes, "fuzz.onnx");
        using AudioClassifier model = AudioClassifier.FromOnnx(parsed);
        _ = model.BatchSize;
        model.Source.ToBytes();
        ModelInspection.Of(model);
        new Gradient().Compile(model);
        new Lrp { Rules = LrpRules.EpsilonPlusFlat }.Compile(model);
    }

    private static void ReadCheckpoint(byte[] bytes)
    {
        string path = FuzzCorpus.FileOf(bytes, ".pt");
        using TorchCheckpoint checkpoint = TorchCheckpoint.Open(path);
        foreach (string name in checkpoint.Names)
            checkpoint.Read(name);
        // The exporter asks for more tensors than these few: all that is asked here is that it says so
        Assert.That(() => CheckpointExporter.Export(path, null, null, TinyAudioResNet.Width), Throws.InstanceOf<ModelFormatException>());
    }

    private static void ReadLabels(byte[] bytes, string extension) => LabelMapping.Read(FuzzCorpus.FileOf(bytes, extension));

    private static void ReadOptions(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (text.StartsWith("segments ", StringComparison.Ordinal))
        {
            Segmenter.Parse(text[9..], CultureInfo.InvariantCulture);
            return;
        }

        AttributionMethod method = AttributionMethods.Parse(text);
        Assert.That(AttributionMethods.Parse(method.ToString()), Is.EqualTo(method), "what was read is written so that it reads the same");
    }
}
