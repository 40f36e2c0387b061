using System.CommandLine;

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

    public GlobalOptions()
    {
        _provider.AcceptOnlyFromAmong("auto", "cpu", "cuda");
        _threads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] }])
                result.AddError("--threads takes 0 or more.");
        });
    }

    public void AddTo(Command root)
    {
        root.Options.Add(_model);
        root.Options.Add(_provider);
        root.Options.Add(_threads);
        root.Options.Add(_json);
    }

    public bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    public string ModelPath(ParseResult parsed) => parsed.GetValue(_model) ?? BundledModel.Path;

    public AudioClassifier OpenModel(ParseResult parsed) => AudioClassifier.Load(ModelPath(parsed), Settings(parsed));

    public AudioClassifierOptions Settings(ParseResult parsed) => new()
    {
        Provider = parsed.GetValue(_provider) switch
        {
            "cpu" => ExecutionProvider.Cpu,
            "cuda" => ExecutionProvider.Cuda,
            _ => ExecutionProvider.Auto,
        },
        Threads = parsed.GetValue(_threads),
    };
}
