namespace AudioEmotionXai.Cli.Tests;

public sealed class CommandLineTests
{
    private static readonly string[] s_commands = ["predict", "explain", "report", "verify", "compile", "export", "inspect", "mel", "methods"];

    [Test]
    public void TheHelpListsEveryCommand()
    {
        CliRun run = CliRun.Of("--help");
        Assert.That(run.Code, Is.Zero);
        foreach (string command in s_commands)
            Assert.That(run.Out, Does.Contain($"\n  {command}"));
    }

    [TestCaseSource(nameof(s_commands))]
    public void EveryCommandHasHelpForEachOfItsOptions(string command)
    {
        CliRun run = CliRun.Of(command, "--help");
        Assert.That(run.Code, Is.Zero);
        Assert.That(run.Out, Does.Contain("--model <FILE>").And.Contain("--provider <auto|cpu|cuda>").And.Contain("--threads <N>").And.Contain("--json"));
        foreach (string line in run.Out.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal)))
            Assert.That(line.TrimEnd(), Does.Match(@"^  --\S+( <\S+>)?( \(REQUIRED\))?  +\S.*"), "an option without a description");
    }

    [TestCase("", "Required command")]
    [TestCase("expalin", "There is no command 'expalin'; did you mean 'explain'?")]
    [TestCase("predict", "Required argument 'INPUT' missing")]
    [TestCase("predict a.npy --provider tpu", "'tpu' not recognized")]
    [TestCase("predict a.npy --threads -1", "--threads is -1; expected: 0 (one per core) to 256")]
    [TestCase("predict a.npy --threads many", "Cannot parse argument 'many'")]
    [TestCase("explain a.npy --out a.npy", "Option '--method' is required")]
    [TestCase("explain a.npy --method guess --out a.npy", "There is no method 'guess'. The methods are ")]
    [TestCase("mel a.wav --out a.wav", "--out takes a file that ends with .npy, .png, .svg, not 'a.wav'")]
    [TestCase("export a.pt --labels l.json --out a.pt", "--out takes a file that ends with .onnx, not 'a.pt'")]
    [TestCase("export a.pt --out a.onnx", "Option '--labels' is required")]
    public void WrongUsageEndsWith2AndSaysWhatIsWrong(string arguments, string message)
    {
        CliRun run = CliRun.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(run.Error, Does.Contain(message));
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Out, Is.Empty);
    }

    [Test]
    public void ACancelledRunEndsWith130AndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        string file = folder.PathOf("out.onnx");
        CliRun run = CliRun.Of(cancelled.Token, "predict", SampleFiles.Spectrograms);
        Assert.That((run.Code, run.Error), Is.EqualTo((130, $"aexai: cancelled{Environment.NewLine}")));
        Assert.That(File.Exists(file), Is.False);
    }

    [Test]
    public void EveryKindOfFailureHasItsExitCode()
    {
        Assert.That(Failures.Report(new DeviceNotAvailableException("no CUDA device"), TextWriter.Null), Is.EqualTo(4));
        Assert.That(Failures.Report(new FormatException("broken"), TextWriter.Null), Is.EqualTo(3));
        Assert.That(Failures.Report(new FileNotFoundException("not there"), TextWriter.Null), Is.EqualTo(3));
        Assert.That(Failures.Report(new UsageException("typed wrongly"), TextWriter.Null), Is.EqualTo(2));
        Assert.That(Failures.Report(new OperationCanceledException(), TextWriter.Null), Is.EqualTo(130));
        Assert.That(Failures.Report(new InvalidOperationException("a defect"), TextWriter.Null), Is.EqualTo(1));
    }

    [Test]
    public void MessagesDoNotNameTheParametersOfMethods()
    {
        using StringWriter error = new();
        Failures.Report(new ArgumentException("The shape is (3).", "input"), error);
        Assert.That(error.ToString().TrimEnd(), Is.EqualTo("aexai: The shape is (3)."));
    }
}
