using System.Diagnostics;
using System.Text;
using AudioEmotionXai.Protobuf;
using Google.Protobuf;

namespace AudioEmotionXai.Fuzzing.Tests;

/// <summary>Files that once took the process, its time or its memory: each is refused by name, in under two seconds and 300 MB.</summary>
public sealed class AttackCaseTests
{
    private const OnnxElementType Int32 = OnnxElementType.Int32, Int64 = OnnxElementType.Int64;
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [TestCase(1, 1000)]
    [TestCase(1, 44_000)]
    [TestCase(999, 1000)]
    [TestCase(1_000_001, 1000)]
    [TestCase(int.MaxValue, 1000)]
    public void ARecordingOfAnAbsurdRateIsRefused(int rate, int samples)
    {
        string path = _folder.Write("rate.wav", WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, rate, 16)), WavBuilder.Chunk("data", new byte[2 * samples])));
        Refused<AudioFormatException>(() => WavReader.Read(path), "sample rate", "1000 to 1000000 Hz");
        using AudioClassifier model = RecordingModel.Load();
        Refused<AudioFormatException>(() => model.Predict(path), "sample rate");
    }

    [TestCase(1000)]
    [TestCase(1009)]
    [TestCase(22_051)]
    [TestCase(767_999)]
    [TestCase(999_983)]
    [TestCase(1_000_000)]
    public void ARecordingOfAnyOtherRateIsHeardAtOnce(int rate)
    {
        string path = _folder.Write("rate.wav", WavBuilder.File(WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, rate, 16)), WavBuilder.Chunk("data", Noise(2_000_000))));
        using AudioClassifier model = RecordingModel.Load();
        Bounded(() => Assert.That(model.Predict(path).Warnings, Has.Some.Contains("the model hears its first 0.26 s")));
    }

    [TestCase(48_000, 3600.0, 1 << 20, 1, 16384, "MelBins")]
    [TestCase(24_000, 3600.0, 2048, 1, 128, "MelBins")]
    [TestCase(48_000, 3600.0, 1 << 20, 1, 1, "MelBins")]
    [TestCase(48_000, 3600.0, 1 << 20, 1 << 12, 1, "FftSize")]
    [TestCase(24_000, 44.0, 1 << 20, 1 << 20, 16384, "FftSize")]
    public void AFrontEndThatNobodyCouldComputeIsRefusedAtLoad(int rate, double seconds, int fft, int hop, int bins, string option)
    {
        OnnxModel model = TinyModels.Image();
        LogMelOptions options = new() { SampleRate = rate, Seconds = seconds, FftSize = fft, HopLength = hop, MelBins = bins };
        model.SetMetadata("front_end", new FrontEndContract(options, -40, 15, ["a", "b", "c"]).ToJson());
        Refused<ModelFormatException>(() => AudioClassifier.FromOnnx(model), option);
    }

    [Test]
    public void AFrontEndThatDoesNotGiveTheModelsInputIsRefusedAtLoad()
    {
        OnnxModel model = TinyModels.Image();
        model.SetMetadata("front_end", new FrontEndContract(RecordingModel.FrontEnd with { MelBins = 12 }, -40, 15, ["low", "middle", "high"]).ToJson());
        Refused<ModelFormatException>(() => AudioClassifier.FromOnnx(model), "the front end in the metadata gives (N, 1, 12, 17)");
    }

    [Test]
    public void TheSmallestNumberDividedByMinusOneIsRefused(
        [Values("Div", "Mod")] string operation, [Values(Int32, Int64)] OnnxElementType type, [Values] bool asNodes)
    {
        long smallest = type == Int64 ? long.MinValue : int.MinValue;
        Refused<ModelFormatException>(() => Predict(HostileModels.Divides(operation, type, [5, smallest], [2, -1], asNodes)), "quotient");
    }

    [Test]
    public void ADivisionByZeroIsRefused([Values("Div", "Mod")] string operation, [Values(Int32, Int64)] OnnxElementType type, [Values] bool asNodes) =>
        Refused<ModelFormatException>(() => Predict(HostileModels.Divides(operation, type, [5, 6], [2, 0], asNodes)), "quotient");

    [TestCase("Div", Int64, long.MinValue)]
    [TestCase("Div", Int32, int.MinValue)]
    [TestCase("Mod", Int64, long.MinValue)]
    [TestCase("Mod", Int32, int.MinValue)]
    public void ADivisionThatOnlyARunKnowsDoesNotEndTheProcess(string operation, OnnxElementType type, long smallest)
    {
        Prediction said = Predict(HostileModels.DividesAtRunTime(operation, type, smallest, -1));
        Assert.That(said.IsFinite);
    }

    [Test]
    public void ADivisionThatOnlyARunKnowsIsStillADivision([Values("Div", "Mod")] string operation, [Values(Int32, Int64)] OnnxElementType type, [Values(-7, 7)] int dividend, [Values(-1, 1, 3, -3)] int divisor)
    {
        long expected = operation == "Div" ? dividend / divisor : ((dividend % divisor) + divisor) % divisor;
        float without = Predict(TinyModels.Image()).Logits.Span[0];
        float with = Predict(HostileModels.DividesAtRunTime(operation, type, dividend, divisor)).Logits.Span[0];
        Assert.That(with - without, Is.EqualTo((float)expected).Within(1e-5f));
    }

    [Test]
    public void ADivisionInsideOfAnotherNodeIsRefused()
    {
        OnnxModel model = HostileModels.AddsWhole(graph =>
        {
            graph.AddInitializer(OnnxTensor.FromInt64s("low", [long.MinValue]));
            GraphProto branch = new() { Name = "branch", Output = { new ValueInfoProto { Name = "q" } } };
            branch.Node.Add(new OnnxNode("Constant", "one", [], ["m"]).Set("value_int", -1L).Proto);
            branch.Node.Add(new OnnxNode("Div", "inner", ["low", "m"], ["q"]).Proto);
            OnnxNode choice = new("If", "choice", ["yes"], ["whole"]);
            foreach (string name in new[] { "then_branch", "else_branch" })
                choice.Proto.Attribute.Add(new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = branch.Clone() });
            graph.AddInitializer(new OnnxTensor(new TensorProto { Name = "yes", DataType = (int)OnnxElementType.Bool, Int32Data = { 1 } }));
            graph.Add(choice);
        });
        Refused<ModelFormatException>(() => Predict(model), "inner");
    }

    [TestCase("q_num_heads")]
    [TestCase("kv_num_heads")]
    public void AttentionOverNoHeadsIsRefused(string heads)
    {
        OnnxModel model = OnnxModel.Create(23, "headless");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 32, 8]));
        model.Add(new OnnxNode("Attention", "attend", ["x", "x", "x"], ["y"]).Set("q_num_heads", 2L).Set("kv_num_heads", 2L).Set(heads, 0L));
        model.Add(new OnnxNode("ReduceMean", "pool", ["y"], ["logits"]).Set("keepdims", 0L));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", 8]));
        Refused<ModelFormatException>(() => AudioClassifier.FromOnnx(model), "attend", heads);
    }

    [TestCase(OnnxElementType.Int64)]
    [TestCase(OnnxElementType.Bool)]
    public void ScoresThatAreNoFloatsAreRefusedAtLoad(OnnxElementType type)
    {
        OnnxModel model = OnnxModel.Create(17, "typed");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 5]));
        model.Add(new OnnxNode("Cast", "cast", ["x"], ["logits"]).Set("to", (long)type));
        model.AddOutput(new OnnxValueInfo("logits", type, ["N", 5]));
        Refused<ModelFormatException>(() => AudioClassifier.FromOnnx(model), $"{type}");
    }

    [Test]
    public void AWeightThatIsGivenTwiceIsRefused()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyModels.Image().ToBytes());
        proto.Graph.Initializer.Add(proto.Graph.Initializer[2].Clone());
        Refused<ModelFormatException>(() => OnnxModel.Parse(proto.ToByteArray(), "twice.onnx"), proto.Graph.Initializer[2].Name);
    }

    [Test]
    public void ALocationWithANulIsRefusedByTensor() =>
        Refused<ModelFormatException>(() => LoadWith(HostileModels.WithWeightIn("w.bin\0/../../x")), "conv1.weight", "NUL");

    [TestCase(1, null, null)]
    [TestCase(-1, null, null)]
    [TestCase(1, 0L, 400L)]
    [TestCase(0, 4L, null)]
    [TestCase(0, -1L, null)]
    [TestCase(0, 0L, -1L)]
    [TestCase(0, long.MaxValue, 1L)]
    public void ExternalDataOfAnotherSizeThanItsTensorIsRefused(int more, long? offset, long? length)
    {
        byte[] weight = HostileModels.FirstWeight();
        _folder.Write("weight.bin", new byte[weight.Length + more]);
        Refused<ModelFormatException>(() => LoadWith(HostileModels.WithWeightIn("weight.bin", offset, length)), "conv1.weight");
    }

    [Test]
    public void ALargeSparseFileIsRefusedUnread()
    {
        using (FileStream file = File.Create(_folder.PathOf("sparse.bin")))
            file.SetLength(2L << 30);
        Refused<ModelFormatException>(() => LoadWith(HostileModels.WithWeightIn("sparse.bin")), "conv1.weight", "2147483648 bytes");
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void APipeIsNotOpened()
    {
        Pipe("pipe.bin");
        Refused<ModelFormatException>(() => LoadWith(HostileModels.WithWeightIn("pipe.bin")), "conv1.weight");
        long bytes = HostileModels.FirstWeight().Length;
        Refused<ModelFormatException>(() => LoadWith(HostileModels.WithWeightIn("pipe.bin", 0, bytes)), "conv1.weight");
    }

    [TestCase("wav", "AudioFormatException")]
    [TestCase("wav piece by piece", "AudioFormatException")]
    [TestCase("heard.wav", "AudioFormatException")]
    [TestCase("npy", "NpyFormatException")]
    [TestCase("npz", "NpyFormatException")]
    [TestCase("onnx", "ModelFormatException")]
    [TestCase("front end", "ModelFormatException")]
    [TestCase("labels.json", "ModelFormatException")]
    [TestCase("labels.npy", "ModelFormatException")]
    [TestCase("pt", "ModelFormatException")]
    [TestCase("segments", "NpyFormatException")]
    [Platform("Linux,MacOsX")]
    public void NoReaderWaitsForAPipeOrReadsADevice(string kind, string refusal)
    {
        string extension = kind.StartsWith("labels", StringComparison.Ordinal) ? Path.GetExtension(kind) : ".wav";
        string pipe = Pipe("in" + extension), link = _folder.PathOf("link" + extension), device = _folder.PathOf("zero" + extension);
        File.Delete(link);
        File.Delete(device);
        File.CreateSymbolicLink(link, pipe);
        File.CreateSymbolicLink(device, "/dev/zero");
        using AudioClassifier model = RecordingModel.Load();
        foreach (string path in new[] { pipe, link, device })
        {
            Exception? caught = null;
            Bounded(() => caught = Assert.Catch(() => Read(kind, path, model)));
            Assert.That(caught!.GetType().Name, Is.EqualTo(refusal));
            Assert.That(caught.Message, Does.Contain(path).And.Contain("a pipe or a device"));
        }
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void NoFileTakesThePlaceOfAPipe()
    {
        string pipe = Pipe("out.npy"), free = _folder.Write("out-too.npy", "");
        Assert.That(() => NpyFile.Write(pipe, new FloatTensor(2, 3)), Throws.InstanceOf<IOException>().With.Message.Contains(pipe));
        NpyFile.Write(free, new FloatTensor(2, 3));
        Assert.That(NpyFile.Read(free).Length, Is.EqualTo(6), "an empty file gives way");
    }

    [TestCase(0x7FFF_FFF0u)]
    [TestCase(3_000_000_000u)]
    [TestCase(0xFFFF_FFFFu)]
    public void OfARecordingOfGigabytesOnlyWhatIsHeardIsRead(uint size)
    {
        string path = _folder.PathOf("long.wav");
        byte[] start = [.. WavBuilder.File("RIFF", size == uint.MaxValue ? size : size + 36, WavBuilder.Chunk("fmt ", WavBuilder.Format(1, 1, 16_000, 16)), WavBuilder.Chunk("data", Noise(40_000), size))];
        const long Samples = 1_600_000_000;
        using (FileStream file = File.Create(path))
        {
            file.Write(start);
            file.SetLength(size == uint.MaxValue ? start.Length - 40_000 + (2 * Samples) : size + 44L);
        }

        using AudioClassifier model = RecordingModel.Load();
        double seconds = (size == uint.MaxValue ? Samples : size / 2) / 16_000.0;
        Prediction? said = null, streamed = null;
        Bounded(() => said = model.Predict(path));
        using FileStream stream = File.OpenRead(path);
        Bounded(() => streamed = model.Predict(stream));
        Assert.That(said!.Warnings, Is.EqualTo(new[] { FormattableString.Invariant($"the clip is {seconds:0.00} s long; the model hears its first 0.26 s") }));
        Assert.That(streamed!.Logits.ToArray(), Is.EqualTo(said.Logits.ToArray()));
        AudioClip heard = WavReader.ReadHeard(path, model.FrontEnd!.FrontEnd);
        Assert.That(model.Predict(heard).Logits.ToArray(), Is.EqualTo(said.Logits.ToArray()), "what is read of it is all that counts");
        File.Delete(path);
    }

    [TestCase(7, 1)]
    [TestCase(7, 5)]
    [TestCase(7, 11)]
    [TestCase(14, 0)]
    [TestCase(8, 0)]
    [TestCase(25, 0)]
    [TestCase(99, 0)]
    public void AFloodOfEmptyMessagesIsRefusedUnbuilt(int outer, int inner)
    {
        byte[] each = inner == 0 ? [.. Tag(outer), 0] : [.. Tag(inner), 0];
        byte[] flood = Enumerable.Repeat(each, 20_000_000 / each.Length).SelectMany(part => part).ToArray();
        byte[] bytes = inner == 0 ? flood : [.. Tag(outer), .. Varint(flood.Length), .. flood];
        Refused<ModelFormatException>(() => OnnxModel.Parse(bytes, "flood.onnx"), "flood.onnx", "more than any model");
    }

    [Test]
    public void NoFloodOfUnclosedGroupsIsBuilt()
    {
        byte[] groups = new byte[10_000_000];
        Array.Fill(groups, (byte)((6 << 3) | 3));
        Refused<ModelFormatException>(() => OnnxModel.Parse(groups, "groups.onnx"), "groups.onnx");
    }

    [TestCase(2_000_000_000)]
    [TestCase(1 << 21)]
    public void TextsOfNoCharactersAreCounted(int count)
    {
        string header = FormattableString.Invariant($"{{'descr': '<U0', 'fortran_order': False, 'shape': ({count},), }}").PadRight(117) + "\n";
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, .. WavBuilder.UInt16(header.Length), .. Encoding.Latin1.GetBytes(header)];
        Refused<NpyFormatException>(() => NpyFile.ReadArray(new MemoryStream(bytes), "key.npy"), "key.npy", "texts");
    }

    [Test]
    public void MoreNodesThanAreSupportedAreRefused() => Refused<ModelFormatException>(() => AudioClassifier.FromOnnx(HostileModels.Chain(10_001)), "10002 nodes", "10000");

    [Test]
    public void AnInputOfMoreThanAGibibyteIsRefused()
    {
        OnnxModel model = OnnxModel.Create(17, "wide");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, [1 << 30, 3]));
        model.Add(new OnnxNode("Relu", "r", ["x"], ["logits"]));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, [1 << 30, 3]));
        Refused<ModelFormatException>(() => AudioClassifier.FromOnnx(model), "268435456");
    }

    [TestCase(-1)]
    [TestCase(257)]
    [TestCase(int.MaxValue)]
    public void ThreadsBeyondReasonAreRefused(int threads) =>
        Refused<ArgumentException>(() => AudioClassifier.FromOnnx(TinyModels.Image(), new AudioClassifierOptions { Threads = threads }), "Threads", "256");

    [TestCase(0)]
    [TestCase(10_001)]
    [TestCase(int.MaxValue)]
    public void StepsBeyondReasonAreRefused(int steps) => Refused<ArgumentException>(() => _ = new IntegratedGradients { Steps = steps }.Steps, "Steps", "10000");

    private static void Read(string kind, string path, AudioClassifier model)
    {
        switch (kind)
        {
            case "wav": WavReader.Read(path); break;
            case "wav piece by piece": WavSampleReader.Open(path).Dispose(); break;
            case "heard.wav": model.Predict(path); break;
            case "npy": NpyFile.Read(path); break;
            case "npz": NpzFile.Read(path); break;
            case "onnx": AudioClassifier.Load(path).Dispose(); break;
            case "front end": FrontEndContract.Load(path); break;
            case "pt": CheckpointExporter.Export(path); break;
            case "segments": _ = new Lime { Segments = new FileSegmenter(path) }.Identity; break;
            default: LabelMapping.Read(path); break;
        }
    }

    private string Pipe(string name)
    {
        string path = _folder.PathOf(name);
        File.Delete(path);
        using Process make = Process.Start("mkfifo", path);
        make.WaitForExit();
        return path;
    }

    private OnnxModel LoadWith(ModelProto proto) => OnnxModel.Load(_folder.Write("model.onnx", proto.ToByteArray()));

    private static Prediction Predict(OnnxModel source)
    {
        using AudioClassifier model = TinyModels.Load(source);
        return model.Predict(TinyModels.ImageInput(1))[0];
    }

    private static void Refused<T>(Action work, params string[] parts)
        where T : Exception
    {
        T? refusal = null;
        Bounded(() => refusal = Assert.Catch<T>(() => work()));
        foreach (string part in parts)
            Assert.That(refusal!.Message, Does.Contain(part));
        Assert.That(refusal!.Message, Has.Length.LessThan(1000));
    }

    private static void Bounded(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan busy = Environment.CpuUsage.TotalTime; // the machine may do other work meanwhile
        work();
        Assert.That(Environment.CpuUsage.TotalTime - busy, Is.LessThan(TimeSpan.FromSeconds(4)), "2 s on a machine that does nothing else");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(300 << 20));
    }

    private static byte[] Noise(int bytes)
    {
        byte[] noise = new byte[bytes];
        new Random(3).NextBytes(noise);
        return noise;
    }

    private static byte[] Tag(int field) => Varint((field << 3) | 2);

    private static byte[] Varint(int value)
    {
        List<byte> bytes = [];
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
