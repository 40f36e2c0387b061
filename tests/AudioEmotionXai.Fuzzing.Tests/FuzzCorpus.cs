using System.IO.Compression;
using System.Text;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Small files of every format, in order, made here, for damage to start from.</summary>
internal static class FuzzCorpus
{
    private static readonly Lazy<TemporaryFolder> s_folder = new(() => new TemporaryFolder());
    private static readonly byte[] s_samples = [.. Enumerable.Range(0, 48).Select(i => (byte)(i * 37))];
    private static readonly byte[] s_floats = [.. Enumerable.Range(0, 12).SelectMany(i => BitConverter.GetBytes(i / 12f))];

    public static byte[][] Wav { get; } =
    [
        WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, 24000, 16)), WavBuilder.Chunk("data", s_samples)),
        WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 2, 8000, 24)), WavBuilder.Chunk("LIST", [1, 2, 3]), WavBuilder.Chunk("data", s_samples)),
        WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(3, 1, 44100, 32)), WavBuilder.Chunk("data", s_floats)),
        WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.ExtensibleFormat(1, 3, 48000, 16)), WavBuilder.Chunk("data", s_samples)),
        WavBuilder.File("RIFF", uint.MaxValue, WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, 16000, 8)), WavBuilder.Chunk("data", s_samples, uint.MaxValue)),
        WavBuilder.File("RF64", uint.MaxValue, WavBuilder.Chunk("ds64", [.. BitConverter.GetBytes(200L), .. BitConverter.GetBytes(48L), .. BitConverter.GetBytes(24L), 0, 0, 0, 0]), WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, 16000, 16)), WavBuilder.Chunk("data", s_samples, uint.MaxValue)),
    ];

    public static byte[][] Npy { get; } =
    [
        Written(NpyArray.From(new FloatTensor(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3))),
        Written(NpyArray.From([1L, -2, 3], 3)),
        Written(NpyArray.From([true, false], 1, 2)),
        Written(NpyArray.From(["anger", "lęk"])),
        Headed("{'descr': '>f8', 'fortran_order': True, 'shape': (2, 3), }", 48),
        Headed("{'descr': '<f2', 'fortran_order': True, 'shape': (3, 1, 2), }", 12),
        Headed("{'descr': '>U2', 'fortran_order': True, 'shape': (2, 2), }", 32),
        Headed("{'descr': '|O', 'fortran_order': False, 'shape': (), }", 20),
        Headed("{'descr': '<u8', 'fortran_order': False, 'shape': (), }", 8),
    ];

    public static byte[][] Onnx { get; } = [TinyModels.Image().ToBytes(), TinyModels.Sequence().ToBytes(), PlainNetworks.Branching(true).Model.ToBytes(), .. Enumerable.Range(1, 6).Select(Random)];

    public static byte[][] Labels { get; } = [.. new byte[] { 2, 3, 4 }.Select(protocol => LabelFiles.NumPyFile(LabelFiles.PickledDictionary(protocol, "numpy.core.multiarray")))];

    public static byte[][] JsonLabels { get; } = [.. new[] { """{"fear": 1, "joy": 2, "anger": 0}""", """{"0": "anger", "1": "fear"}""", """["a", "b", "ą"]""" }.Select(Encoding.UTF8.GetBytes)];

    public static byte[][] FrontEnd { get; } = [Encoding.UTF8.GetBytes(FrontEndText.Json)];

    /// <summary>Every method's own text, and the texts of segmentations.</summary>
    public static byte[][] Options { get; } =
        [.. AttributionMethods.All.Select(method => method.Default.ToString()).Append("smooth-grad samples=5 inner=\"lrp rules=epsilon\"").Append("segments slic:100,10,1").Append("segments grid:8x12").Select(Encoding.UTF8.GetBytes)];

    /// <summary>A zip of damaged arrays, or a damaged zip of arrays.</summary>
    public static Func<Random, byte[]> DamagedNpz(string[] tokens) => random =>
    {
        ByteMutator mutator = new(random, tokens);
        byte[][] arrays = [Npy[random.Next(Npy.Length)], Npy[random.Next(Npy.Length)]];
        bool inside = random.Next(2) == 0;
        CompressionLevel level = random.Next(2) == 0 ? CompressionLevel.NoCompression : CompressionLevel.Optimal;
        byte[] zip = Zip(level, ("a.npy", inside ? mutator.Damage(arrays[0], arrays[1]) : arrays[0]), ("../b.npy", arrays[1]));
        return inside ? zip : mutator.Damage(zip, zip);
    };

    /// <summary>A checkpoint with a damaged pickle, or a damaged checkpoint.</summary>
    public static Func<Random, byte[]> DamagedCheckpoint(string[] tokens)
    {
        KeyValuePair<string, StoredTensor>[] tensors = [.. TinyAudioResNet.StateDict()];
        byte[] pickle = CheckpointWriter.StateDictPickle(tensors[^4..]);
        KeyValuePair<string, byte[]>[] storages = [.. tensors[^4..].Select((tensor, key) => new KeyValuePair<string, byte[]>($"data/{key}", tensor.Value.StorageBytes()))];
        byte[] whole = CheckpointWriter.Write(tensors[^4..]);
        return random =>
        {
            ByteMutator mutator = new(random, tokens);
            return random.Next(3) == 0 ? mutator.Damage(whole, whole) : CheckpointWriter.Zip([new("data.pkl", mutator.Damage(pickle, pickle)), .. storages]);
        };
    }

    /// <summary>A model damaged where its bytes still parse.</summary>
    public static byte[] DamagedGraph(Random random) => new OnnxMutator(random, new ByteMutator(random, [])).Damage(Onnx[random.Next(Onnx.Length)]);

    /// <summary>Puts bytes into a file; the last file of that extension is overwritten.</summary>
    public static string FileOf(byte[] bytes, string extension) => s_folder.Value.Write("fuzz" + extension, bytes);

    public static void RemoveFiles()
    {
        if (s_folder.IsValueCreated)
            s_folder.Value.Dispose();
    }

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>An .npy file with a header of one's own.</summary>
    public static byte[] Headed(string header, int bytes)
    {
        string padded = header.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. WavBuilder.UInt16(padded.Length), .. Encoding.Latin1.GetBytes(padded), .. new byte[bytes]];
    }

    private static byte[] Written(NpyArray array)
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, array);
        return stream.ToArray();
    }

    /// <summary>A random graph of operators with a head that makes it a classifier.</summary>
    private static byte[] Random(int seed)
    {
        OnnxModel model = OnnxModel.Create(17, $"random{seed}");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 2, 13, 11]));
        string last = RandomGraph.AddNodes(model, new Random(seed), 5, RandomGraph.All);
        model.Add(new OnnxNode("ReduceMean", "pool", [last], ["logits"]).Set("axes", 2, 3).Set("keepdims", 0));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, null));
        return model.ToBytes();
    }
}
