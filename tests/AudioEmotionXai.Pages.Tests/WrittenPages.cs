namespace AudioEmotionXai.Pages.Tests;

/// <summary>The pages that the library writes, written once for all tests.</summary>
[SetUpFixture]
internal sealed class WrittenPages
{
    private static TemporaryFolder? s_folder;

    /// <summary>The report of an evaluation: charts, tables, and a viewer of maps for each clip.</summary>
    public static string Report => PathOf("report");

    /// <summary>The page of an audible explanation, with its player.</summary>
    public static string Listening => PathOf("listening");

    public static string PathOf(string page) => s_folder!.PathOf($"{page}/index.html");

    [OneTimeSetUp]
    public void Write()
    {
        s_folder = new TemporaryFolder();
        WriteReport(s_folder.PathOf("report"));
        WriteListening(s_folder.PathOf("listening"));
    }

    [OneTimeTearDown]
    public void Remove() => s_folder?.Dispose();

    private static void WriteReport(string folder)
    {
        BundledSamples samples = BundledSamples.Load();
        using AudioClassifier model = AudioClassifier.Load(BundledModel.Path);
        Corpus corpus = new(samples.Spectrograms.Items(0, 5), [.. samples.Names.Take(5)], [.. samples.Labels.Take(5)]);
        ReportOptions options = new()
        {
            Verification = new VerificationOptions
            {
                Methods = [new GradCam(), new Gradient()],
                Controlled = new ControlledProtocol { Fractions = [0.1], Draws = 2, Resamples = 100 },
                MetricClipsPerClass = 1,
                SanityClipsPerClass = 1,
            },
        };
        ExplanationReport.Write(model, corpus, options, folder);
    }

    private static void WriteListening(string folder)
    {
        using AudioClassifier model = BandModel.Load();
        ListeningOptions options = new() { Fraction = 0.1, SmoothingCells = 0 };
        AudioClip clip = BandModel.Clip();
        AudibleExplanation heard = AudibleExplanation.Create(
            model, clip, Explanation.FromMap(model, clip, BandModel.Patch(), MapMeaning.Positive, ClassTarget.OfIndex(0)), options);
        ListeningReport.Write(model, heard, "<call>.wav", folder);
    }
}
