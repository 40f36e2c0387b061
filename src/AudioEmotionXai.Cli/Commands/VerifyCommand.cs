using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai verify</c>: whether what methods call important is what the model needs, over a whole corpus.</summary>
internal sealed class VerifyCommand
{
    private readonly CorpusOptions _clips = new(["gradcam,lrp,smooth-saliency,silence"], defaultMetrics: 5, defaultSanity: 4);

    private readonly Option<string> _protocol = new("--protocol")
    {
        Description =
            "notebook: each method's own area, one random mask; controlled: equal areas, many draws, intervals; known: mosaics and planted "
                + "events, of which one knows where the evidence lies; all: side by side",
        DefaultValueFactory = _ => "all",
    };

    private readonly ControlledOptions _controlled = new();

    private readonly Option<int> _networks = new("--sanity-networks")
    {
        Description = "How many networks get random weights in the sanity checks, 3 or more",
        HelpName = "N",
        DefaultValueFactory = _ => new SanityOptions().Networks,
    };

    private readonly Option<string> _weights = new("--sanity-weights")
    {
        Description = "own-moments: random weights with each tensor's own mean and spread; he-normal: as a new network",
        DefaultValueFactory = _ => "own-moments",
    };

    private readonly Option<int> _batch = new("--batch")
    {
        Description = "Clips that are done together: a run that is cut off loses at most these",
        HelpName = "N",
        DefaultValueFactory = _ => 16,
    };

    private readonly Option<string> _shard = new("--shard")
    {
        Description = "Does the i-th of n parts, for several machines; the folder is complete when all parts are done or merged",
        HelpName = "I/N",
        DefaultValueFactory = _ => "1/1",
    };

    private readonly Option<string[]> _merge = new("--merge")
    {
        Description = "Takes over what another folder of the same run has finished; may be given several times",
        HelpName = "DIR",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description =
            "The folder that gets results.csv, drops.npz, summary.json, figures/ and index.html; a run that was cut off goes on in it",
        HelpName = "DIR",
        Required = true,
    };

    public static Command Create(GlobalOptions globals, Session session)
    {
        VerifyCommand options = new();
        options._protocol.AcceptOnlyFromAmong("notebook", "controlled", "known", "all");
        Command command = new(
            "verify", "Masks what methods call important, and equal areas elsewhere, and tells whether the difference holds");
        options._weights.AcceptOnlyFromAmong("own-moments", "he-normal");
        options._clips.AddTo(command);
        command.Add(options._networks);
        command.Add(options._weights);
        command.Add(options._protocol);
        options._controlled.AddTo(command);
        command.Add(options._batch);
        command.Add(options._shard);
        command.Add(options._merge);
        command.Add(options._out);
        globals.Contract.AddTo(command, hasOtherLabels: true);
        command.SetAction(parsed => options.Run(parsed, globals, session));
        return command;
    }

    private void Run(ParseResult parsed, GlobalOptions globals, Session session)
    {
        VerificationOptions verification = _clips.Verification(parsed) with
        {
            Controlled = _controlled.Read(parsed),
            Sanity = new SanityOptions
            {
                Networks = parsed.GetValue(_networks),
                Weights = parsed.GetValue(_weights) == "he-normal" ? RandomWeights.HeNormal : RandomWeights.OwnMoments,
            },
            BatchSize = parsed.GetValue(_batch),
            Protocols = parsed.GetValue(_protocol) switch
            {
                "notebook" => VerificationProtocols.Notebook,
                "controlled" => VerificationProtocols.Controlled,
                "known" => VerificationProtocols.GroundTruth,
                _ => VerificationProtocols.All,
            },
        };
        UsageException.Guard(parsed, () =>
        {
            verification.Validate();
            return verification;
        });
        VerificationFolder folder = new(parsed.GetRequiredValue(_out))
        {
            Shard = UsageException.Guard(parsed, () => Shard.Parse(parsed.GetRequiredValue(_shard))),
            MergeFrom = parsed.GetValue(_merge) ?? [],
        };
        OutputGuard outputs = globals.Outputs(parsed, _clips.Files(parsed, verification));
        outputs.Check(folder.Path, OutputFolder.Verify);
        using AudioClassifier model = globals.OpenModel(parsed, session, outputs);
        Corpus corpus = _clips.Read(parsed, model);
        ReportOptions report = new()
        {
            Verification = _clips.For(model, parsed, verification, session),
            Title = "Does the explanation hold?",
            ShownPerClass = 1,
            WritesMaps = false,
        };
        new ReportRun(model, corpus, report, folder).Write(session, globals.WantsJson(parsed));
    }
}
