namespace AudioEmotionXai.Benchmarks;

/// <summary>The aims of this project in one table, in a few minutes: <c>-- quick</c>. BenchmarkDotNet's suites say more, and take
/// longer.</summary>
internal static class QuickTable
{
    /// <param name="output">Gets a Markdown table.</param>
    /// <param name="rounds">How often each case is measured; the slow ones less often.</param>
    public static void Print(TextWriter output, int rounds)
    {
        using AudioClassifier model = BundledInput.LoadModel();
        output.WriteLine("| Case | median ms | least ms | ratio | aim | KiB allocated |\n|---|---|---|---|---|---|");
        foreach (
            QuickGroup group in (QuickGroup[])
                [
                    Passes(model, rounds), Lime(model, Math.Max(1, rounds / 4)), Preparation(2 * rounds),
                    Verification(model, Math.Max(1, rounds / 6)),
                ])
            foreach (string row in group.Measure())
                output.WriteLine(row);
    }

    private static QuickGroup Passes(AudioClassifier model, int rounds)
    {
        FloatTensor batch = BundledInput.Batch(16);
        QuickCase Of(string name, AttributionMethod method, double aim) => new(name, () => method.Attribute(model, batch), aim);
        return new QuickGroup(
            rounds,
            isRatio: true,
            new QuickCase("forward, 16 clips", () => model.Logits(batch)),
            Of("gradcam", new GradCam(), 1.05),
            Of("gradient", new Gradient(), 2.0),
            Of("lrp rules=epsilon", new Lrp { Rules = LrpRules.Epsilon }, 2.1),
            Of("lrp rules=epsilon-plus-flat", new Lrp(), 3.2));
    }

    private static QuickGroup Lime(AudioClassifier model, int rounds)
    {
        FloatTensor batch = BundledInput.Batch(1000);
        Lime lime = new() { Samples = 1000 };
        return new QuickGroup(
            rounds, isRatio: true, new QuickCase("forward, 1000 clips", () => model.Logits(batch)),
            new QuickCase("lime, 1000 samples", () => lime.Attribute(model, batch.Items(0, 1)), 1.03));
    }

    private static QuickGroup Preparation(int rounds)
    {
        FloatTensor clip = BundledInput.Batch(1);
        TimeFrequencyMap map = new(clip.Memory, clip.Shape[2], clip.Shape[3]);
        LogMelExtractor extractor = new();
        AudioClip sound = new(
            Enumerable.Range(0, 72000).Select(i => MathF.Sin(0.05f * i) + MathF.Sin(i * (0.01f + (1e-6f * i)))).ToArray(), 24000);
        return new QuickGroup(
            rounds,
            isRatio: false,
            new QuickCase("log-mel of 3 s", () => extractor.Extract(sound), 4),
            new QuickCase("slic, 100 segments", () => new SlicSegmenter().Segment(map), 3),
            new QuickCase("silence map, 30 samples", () => QuietCells.Map(clip.Span, 30, 0.03, 25, 0, CancellationToken.None), 8));
    }

    /// <summary>What verification of the whole test set costs, by sixteen of its clips: the same draws and fills per clip.</summary>
    private static QuickGroup Verification(AudioClassifier model, int rounds)
    {
        const int Clips = 16, WholeCorpus = 897;
        VerificationOptions options = new()
        {
            Methods = [new GradCam(), new Lrp(), new Silence(), new SmoothSaliency()],
            Protocols = VerificationProtocols.Notebook | VerificationProtocols.Controlled,
            Controlled = new ControlledProtocol().For(WholeCorpus),
            MetricClipsPerClass = 0,
            SanityClipsPerClass = 0,
        };
        Corpus corpus = new(BundledInput.Batch(Clips));
        // 25 minutes for the whole test set
        return new QuickGroup(
            rounds,
            isRatio: false,
            new QuickCase(
                "verification of 16 clips, 4 methods",
                () => AudioEmotionXai.Evaluation.Verification.Run(model, corpus, options),
                25 * 60_000.0 * Clips / WholeCorpus));
    }
}
