using System.Globalization;

namespace AudioEmotionXai.Cli;

/// <summary>Writes a report's folder while showing progress, then says what was found.</summary>
internal sealed record ReportRun(AudioClassifier Model, Corpus Corpus, ReportOptions Options, VerificationFolder Folder)
{
    private const int MostWarnings = 20;

    public void Write(Session session, bool wantsJson)
    {
        WarnOfClips(session);
        VerificationResult? result = WorkDisplay.For(session).Run(display => ExplanationReport.Write(
            Model,
            Corpus,
            Options,
            Folder,
            new MappedProgress<EvaluationProgress>(display, value => StepOf(value, session)),
            session.Cancellation));
        if (result is null)
        {
            session.Error.WriteLine($"this part is done; {Folder.Path} gets its tables when the other parts are");
            if (wantsJson)
                session.Out.WriteLine(ToolJson.From(new PendingJson(Folder.Path, $"{Folder.Shard.Index}/{Folder.Shard.Count}")));
            return;
        }

        session.Error.WriteLine($"wrote {Path.Combine(Folder.Path, "index.html")}");
        if (wantsJson)
            session.Out.Write(File.ReadAllText(Path.Combine(Folder.Path, "summary.json")));
        else
            Tell(result, session.Out);
    }

    private void WarnOfClips(Session session)
    {
        string[] warnings =
        [
            .. Corpus.Warnings?.SelectMany((told, clip) => told.Select(text => $"{Corpus.Names[clip]}: {text}")) ?? [],
        ];
        foreach (string warning in warnings.Take(MostWarnings))
            session.Warn(warning);
        if (warnings.Length > MostWarnings)
            session.Warn(string.Create(CultureInfo.InvariantCulture, $"and {warnings.Length - MostWarnings} more of other clips"));
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
        foreach (UndefinedClip clip in result.Undefined)
            output.WriteLine($"left out: {clip.Name}, {clip.Reason}");
        output.WriteLine(result.Verdict);
        if (result.Sanity is { } sanity)
            output.WriteLine($"Sanity checks: {sanity.Verdict}");
    }
}
