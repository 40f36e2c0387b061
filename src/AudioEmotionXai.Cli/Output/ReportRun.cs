using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>Writes a report's folder while showing progress, then says what was found.</summary>
internal sealed record ReportRun(AudioClassifier Model, Corpus Corpus, ReportOptions Options, string Folder)
{
    public void Write(Session session, bool wantsJson)
    {
        VerificationResult? result = WorkDisplay.For(session).Run(display => ExplanationReport.Write(
            Model,
            Corpus,
            Options,
            Folder,
            new MappedProgress<EvaluationProgress>(display, value => StepOf(value, session)),
            session.Cancellation));
        if (result is null)
        {
            session.Error.WriteLine($"this part is done; {Folder} gets its tables when the other parts are");
            Shard shard = Options.Verification.Shard;
            if (wantsJson)
                session.Out.WriteLine(ToolJson.From(new PendingJson(Folder, $"{shard.Index}/{shard.Count}")));
            return;
        }

        session.Error.WriteLine($"wrote {Path.Combine(Folder, "index.html")}");
        if (wantsJson)
            session.Out.Write(File.ReadAllText(Path.Combine(Folder, "summary.json")));
        else
            Tell(result, session.Out);
    }

    private static WorkStep StepOf(EvaluationProgress value, Session session)
    {
        if (value.Warning is { } warning)
            session.Warn(warning);
        return new WorkStep(value.Stage, value.Done, value.Total);
    }

    private static void Tell(VerificationResult result, TextWriter output)
    {
        string right = result.Right is { } count ? string.Create(CultureInfo.InvariantCulture, $", {count} predicted right") : "";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Clips} clips{right}; {string.Join(", ", result.Methods)}"));
        if (result.Controlled is { } controlled)
            output.WriteLine(controlled.Verdict);
    }
}
