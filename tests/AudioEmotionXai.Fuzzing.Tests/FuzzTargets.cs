using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Every parser of the library, each with the errors it documents and what it may allocate.</summary>
internal static class FuzzTargets
{
    // A model is compiled for nine methods, each time with a few constants of up to 64 MiB: what is added up here is never held at once
    private const long MostForModels = 3L << 29;

    private static readonly string[] s_wavTokens = ["data", "fmt ", "RIFF", "RF64", "ds64", "WAVE"];
    private static readonly string[] s_npyTokens = ["'descr'", "'|O'", "'>f8'", "'<U4'", "'<U1048576'", "'<U0'", "True", "False", "(", ")", ",", "{", "}", "-1", "()", "(0,)", "(99999999,99999999)", "'", "L", ": "];
    private static readonly string[] s_jsonTokens = ["null", "true", "1e999", "-0", "[", "]", "{", "}", "\"", "\\u0000", ",", ":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\"n_fft\":", "NaN", "1e-400"];
    private static readonly string[] s_pickleTokens = ["(", ")", "t", "R", "b", "Q", "]", "}", "u", "e", ".", "0", "1", "2", "\u0093", "cnumpy\ndtype\n", "cos\nsystem\n", "\u0085", "\u0086", "\u0087", "\u0094", "h\u0000"];
    private static readonly string[] s_optionTokens = ["=", " ", "\"", "\"\"", "inner=", "lrp", "smooth-grad", "samples=", "segments=slic:", "grid:0x0", "1e308", "-1", "NaN", "window=1x1", ",", "x", "rules=", "Infinity", "\0", "inner=\"smooth-grad inner="];

    private static readonly Lazy<TemporaryFolder> s_folder = new(() => new TemporaryFolder());
    private static readonly KeyValuePair<string, StoredTensor>[] s_tensors = [.. TinyAudioResNet.StateDict().TakeLast(4)];

    public static FuzzTarget[] All { get; } =
    [
        new("wav", SeedsIn("wav"), ReadWav, failure => failure is AudioFormatException)
        {
            Tokens = s_wavTokens, AllocationBase = 64 << 10, AllocationPerByte = 16,
        },
        new("wav that cannot seek", SeedsIn("wav"), ReadWavForward, failure => failure is AudioFormatException)
        {
            Tokens = s_wavTokens, AllocationBase = 3 << 20, AllocationPerByte = 16,
        },
        new("npy", SeedsIn("npy"), ReadNpy, failure => failure is NpyFormatException)
        {
            Tokens = s_npyTokens, AllocationBase = 64 << 10, AllocationPerByte = 64,
        },
        new("npz", [.. SeedsIn("npz"), .. SeedsIn("npy")], ReadNpz, failure => failure is NpyFormatException)
        {
            Tokens = s_npyTokens, AllocationBase = 4 << 20,
        },
        new("onnx", SeedsIn("onnx"), ReadOnnx, failure => failure is ModelFormatException or UnsupportedOperatorException)
        {
            Tokens = ["Conv", "Gemm", "strides"], Damage = (random, model) => new ModelMutator(random).Damage(model), ShortRun = 500,
            AllocationBase = MostForModels, AllocationPerByte = 4000,
        },
        new("checkpoint", SeedsIn("checkpoint"), ReadCheckpoint, failure => failure is ModelFormatException)
        {
            Tokens = s_pickleTokens, AllocationPerByte = 128,
        },
        new("pickled labels", SeedsIn("pickled-labels"), bytes => ReadLabels(bytes, ".npy"), failure => failure is ModelFormatException)
        {
            Tokens = s_pickleTokens, AllocationBase = 128 << 10,
        },
        new("json labels", SeedsIn("json-labels"), bytes => ReadLabels(bytes, ".json"), failure => failure is ModelFormatException)
        {
            Tokens = s_jsonTokens, AllocationBase = 128 << 10,
        },
        new("front end", [Encoding.UTF8.GetBytes(FrontEndText.Json)], ReadFrontEnd, failure => failure is ModelFormatException)
        {
            Tokens = s_jsonTokens, AllocationBase = 128 << 10, AllocationPerByte = 64,
        },
        new(
            "options", OptionTexts(), ReadOptions,
            failure => failure is MethodOptionException or ArgumentException or NpyFormatException or FileNotFoundException)
        {
            Tokens = s_optionTokens, AllocationPerByte = 1024,
        },
    ];

    /// <summary>The files of a folder of the corpus.</summary>
    public static byte[][] SeedsIn(string folder) =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", folder)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Removes what the targets wrote.</summary>
    public static void RemoveFiles()
    {
        if (s_folder.IsValueCreated)
            s_folder.Value.Dispose();
    }

    /// <summary>Every method's own text, and the texts of segmentations.</summary>
    private static byte[][] OptionTexts()
    {
        string[] more = ["smooth-grad samples=5 inner=\"lrp rules=epsilon\"", "segments slic:100,10,1", "segments grid:8x12"];
        return [.. AttributionMethods.All.Select(method => method.Default.ToString()).Concat(more).Select(Encoding.UTF8.GetBytes)];
    }

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

    /// <summary>Reads an archive, or puts an array into one first.</summary>
    private static void ReadNpz(byte[] bytes)
    {
        byte[] zip = IsZip(bytes) ? bytes : CheckpointWriter.Zip([new("a.npy", bytes)], CompressionLevel.Optimal);
        NpzFile file = NpzFile.Read(FileOf(zip, ".npz"));
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

    /// <summary>Reads a checkpoint, or puts a pickle into one first.</summary>
    private static void ReadCheckpoint(byte[] bytes)
    {
        string path = FileOf(IsZip(bytes) ? bytes : Packed(bytes), ".pt");
        using TorchCheckpoint checkpoint = TorchCheckpoint.Open(path);
        foreach (string name in checkpoint.Names)
            checkpoint.Read(name);
        // The exporter asks for more tensors than these few: all that is asked here is that it says so
        Assert.That(() => CheckpointExporter.Export(path, null, null, TinyAudioResNet.Width), Throws.InstanceOf<ModelFormatException>());
    }

    private static byte[] Packed(byte[] pickle)
    {
        IEnumerable<KeyValuePair<string, byte[]>> storages = s_tensors.Select((tensor, key) => KeyValuePair.Create($"data/{key}", tensor.Value.StorageBytes()));
        return CheckpointWriter.Zip([new("data.pkl", pickle), .. storages]);
    }

    private static bool IsZip(byte[] bytes) => bytes.AsSpan().StartsWith("PK"u8);

    private static string FileOf(byte[] bytes, string extension) => s_folder.Value.Write("fuzz" + extension, bytes);

    private static void ReadLabels(byte[] bytes, string extension) => LabelMapping.Read(FileOf(bytes, extension));

    private static void ReadFrontEnd(byte[] bytes) => FrontEndContract.Parse(Encoding.UTF8.GetString(bytes), "front_end.json");

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
