using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace AudioEmotionXai.Cli;

/// <summary>The options that every command knows: which model, where it runs, and how results are written.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "The .onnx file to use [default: the bundled AudioResNet]",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string> _provider = new("--provider")
    {
        Description = "Where the model runs; cuda is an error where there is none, auto takes it if it is there",
        DefaultValueFactory = _ => "auto",
        Recursive = true,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads of one run; 0 is one per core",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write the result as JSON to standard output",
        Recursive = true,
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Lets --out replace what the command reads, or what it did not write",
        Recursive = true,
    };

    public GlobalOptions()
    {
        _provider.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        _threads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }]
                && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger threads)
                && (threads < 0 || threads > AudioClassifierOptions.MaximumThreads))
                result.AddError(FormattableString.Invariant(
                    $"--threads is {text}; expected: 0 (one per core) to {AudioClassifierOptions.MaximumThreads}."));
        });
    }

    public void AddTo(Command root)
    {
        root.Options.Add(_model);
        root.Options.Add(_provider);
        root.Options.Add(_threads);
        root.Options.Add(_json);
        root.Options.Add(_force);
    }

    /// <summary>What is said of the model beside its file.</summary>
    public ContractOptions Contract { get; } = new();

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>What keeps the command's outputs off the files that it reads, the model among them.</summary>
    public OutputGuard Outputs(ParseResult parsed, params IEnumerable<string?> inputs) =>
        new(
            parsed.GetValue(_force),
            [parsed.GetValue(_model) ?? BundledModel.TryFind(BundledModel.FileName), .. Contract.Files(parsed), .. inputs]);

    public string ModelPath(ParseResult parsed) => parsed.GetValue(_model) ?? BundledModel.Path;

    /// <summary>Reads the model, and says what of its contract nobody says and was assumed; where it keeps weights in other files, these
    /// are what the command reads, too.</summary>
    public AudioClassifier OpenModel(ParseResult parsed, Session session, OutputGuard? outputs = null)
    {
        AudioClassifier model = AudioClassifier.Load(ModelPath(parsed), Settings(parsed));
        try
        {
            outputs?.Add(model.Source.WeightFiles);
            if (parsed.GetValue(_model) is not null)
                foreach (ContractPart part in model.Contract.Where(part => part.IsAssumed))
                    session.Error.WriteLine($"note: {part}");
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public AudioClassifierOptions Settings(ParseResult parsed) => new()
    {
        Provider = parsed.GetValue(_provider) switch
        {
            "cpu" => ExecutionProvider.Cpu,
            "cuda" => ExecutionProvider.Cuda,
            _ => ExecutionProvider.Auto,
        },
        Threads = parsed.GetValue(_threads),
        Contract = Contract.Read(parsed),
    };
}
