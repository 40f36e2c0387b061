using System.Text;

namespace AudioEmotionXai.Cli.Tests;

/// <summary>Whatever is wrong with a file, the tool says which and why, ends with 3, and writes nothing.</summary>
public sealed class MalformedInputTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void AFileThatIsNotThere([Values("x.wav", "x.npy")] string name) => AssertRefused(_folder.PathOf(name), name);

    [Test]
    public void AKindOfFileThatIsNotKnown() => AssertRefused(_folder.Write("clip.mp3", [1, 2, 3]), "an input is a .wav or a .npy file");

    [Test]
    public void AnEmptyFile([Values("x.wav", "x.npy")] string name) => AssertRefused(_folder.Write(name, []), name);

    [Test]
    public void AWrongMagicNumber([Values("x.wav", "x.npy")] string name) => AssertRefused(_folder.Write(name, Encoding.ASCII.GetBytes(new string('A', 200))), name);

    [Test]
    public void ATruncatedArray([Values(3, 8, 40, 127, 200, 5000)] int length) =>
        AssertRefused(_folder.Write("cut.npy", File.ReadAllBytes(SampleFiles.Spectrograms).AsSpan(0, length)), "cut.npy");

    [Test]
    public void ATruncatedRecording([Values(3, 11, 19, 30, 43)] int length) =>
        AssertRefused(_folder.Write("cut.wav", File.ReadAllBytes(SampleFiles.WriteTone(_folder.PathOf("tone.wav"))).AsSpan(0, length)), "cut.wav");

    [Test]
    public void AnArrayWithAbsurdSizes()
    {
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000, 1000000), }".PadRight(117) + "\n";
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0, 0];
        AssertRefused(_folder.Write("huge.npy", bytes), "huge.npy");
    }

    [Test]
    public void AnArrayOfAnotherShape()
    {
        NpyFile.Write(_folder.PathOf("small.npy"), new FloatTensor(1, 1, 64, 141));
        AssertRefused(_folder.PathOf("small.npy"), "the shape is (1, 1, 64, 141), but the model", "expects (N, 1, 128, 141)");
    }

    [Test]
    public void AnArrayWithoutItems()
    {
        NpyFile.Write(_folder.PathOf("none.npy"), new FloatTensor(0, 1, 128, 141));
        AssertRefused(_folder.PathOf("none.npy"), "none.npy");
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void AValueThatIsNotFinite(float value)
    {
        FloatTensor input = new(1, 1, 128, 141);
        input.Span[77] = value;
        NpyFile.Write(_folder.PathOf("nan.npy"), input);
        AssertRefused(_folder.PathOf("nan.npy"), "the value at position 77 is", "must be finite");
    }

    [Test]
    public void AModelThatIsNotThere() => AssertModelRefused(_folder.PathOf("none.onnx"), "none.onnx");

    [Test]
    public void AModelThatIsNoModel([Values(0, 1, 100, 4000)] int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        AssertModelRefused(_folder.Write("noise.onnx", bytes), "noise.onnx");
    }

    [Test]
    public void ATruncatedModel([Values(10, 1000, 100_000, 2_000_000)] int length)
    {
        using FileStream model = File.OpenRead(BundledModel.Path);
        byte[] start = new byte[length];
        model.ReadExactly(start);
        AssertModelRefused(_folder.Write("cut.onnx", start), "cut.onnx");
    }

    [Test]
    public void ACheckpointThatIsNone()
    {
        string labels = _folder.Write("labels.json", "[\"a\", \"b\"]"u8.ToArray());
        string output = _folder.PathOf("out.onnx");
        CliRun run = CliRun.Of("export", _folder.Write("noise.pt", new byte[500]), "--labels", labels, "--out", output);
        Assert.That(run.Code, Is.EqualTo(3), run.Error);
        Assert.That(run.Error, Does.Contain("noise.pt"));
        Assert.That(File.Exists(output), Is.False);
    }

    [Test]
    public void ARecordingForAModelThatDoesNotSayHowItHears()
    {
        string model = _folder.PathOf("tiny.onnx");
        TinyModels.Image().Save(model);
        CliRun run = CliRun.Of("predict", SampleFiles.WriteTone(_folder.PathOf("tone.wav")), "--model", model);
        Assert.That(run.Code, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("give it a .npy"));
    }

    private void AssertRefused(string input, params string[] message)
    {
        AssertRefused(CliRun.Of("predict", input, "--json"), message);
        if (input.EndsWith(".wav", StringComparison.Ordinal))
            AssertRefused(CliRun.Of("mel", input, "--out", _folder.PathOf("out.npy")), message);
        Assert.That(File.Exists(_folder.PathOf("out.npy")), Is.False);
    }

    private static void AssertModelRefused(string model, string message)
    {
        AssertRefused(CliRun.Of("inspect", model), message);
        AssertRefused(CliRun.Of("predict", SampleFiles.Spectrograms, "--model", model), message);
    }

    private static void AssertRefused(CliRun run, params string[] messages)
    {
        Assert.That(run.Code, Is.EqualTo(3), run.Error);
        Assert.That(run.Out, Is.Empty);
        foreach (string message in messages)
            Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Error, Does.Not.Contain("   at "), "a stack trace is no message");
    }
}
