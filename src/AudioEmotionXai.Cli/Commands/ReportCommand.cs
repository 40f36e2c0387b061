using System.CommandLine;

namespace AudioEmotionXai.Cli;

/// <summary><c>aexai report</c>: clips explained by several methods, verified, and drawn into a folder.</summary>
internal static class ReportCommand
{
    private const int BundledClipsPerClass = 2;

    // A block of orthogonal samples and its complements: the report is there within a minute, and steadier than from twice as many coins
    private const string QuickLime = "lime samples=256 sampling=orthogonal";

    // Each clip gets two of the four fills, in turn, one draw of each control, and no random networks: the page is there within a minute
    private static readonly ControlledProtocol s_quick = new() { FillsPerClip = 2, Draws = 1, RandomNetworks = false };

    public static Command Create(GlobalOptions globals, Session session)
    {
        CorpusOptions clips = new([QuickLime, "lrp,gradcam,silence"], defaultMetrics: 0, defaultSanity: 0);
        Option<string> output = new("--out")
        {
            Description = "The folder that gets index.html, comparison.svg, figures/, maps/, results.csv and summary.json",
            HelpName = "DIR",
            DefaultValueFactory = _ => "report",
        };
        Command command = new(
            "report",
            "Explains clips by several methods and writes one self-contained page with figures, maps and what holds when it is verified");
        clips.AddTo(command);
        command.Add(output);
        globals.Contract.AddTo(command, hasOtherLabels: true);
        command.SetAction(parsed =>
        {
            VerificationOptions verification = clips.Verification(parsed) with { Controlled = s_quick };
            if (verification.MetricClipsPerClass == 0)
                verification = verification with { MetricClipsPerClass = BundledClipsPerClass, Metrics = ExplanationMetric.Curves };
            string folder = parsed.GetRequiredValue(output);
            OutputGuard outputs = globals.Outputs(parsed, clips.Files(parsed, verification));
            outputs.Check(folder, OutputFolder.Report);
            using AudioClassifier model = globals.OpenModel(parsed, session, outputs);
            Corpus corpus = clips.Read(parsed, model, BundledClipsPerClass);
            outputs.ClaimForReport(folder);
            ReportRun run = new(
                model, corpus, new ReportOptions { Verification = clips.For(model, parsed, verification, session) },
                new VerificationFolder(folder) { ReplacesOtherRun = true });
            run.Write(session, globals.WantsJson(parsed));
        });
        return command;
    }
}
