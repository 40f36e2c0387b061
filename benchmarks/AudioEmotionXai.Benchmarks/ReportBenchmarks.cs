using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Rendering: one clip's figure, and a page of twelve clips whose verification is done, against the forward passes of these
/// clips.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 7)]
public class ReportBenchmarks : ModelBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aexai-benchmark").FullName;
    private readonly ReportOptions _options = new()
    {
        Verification = new VerificationOptions { Methods = [new Silence()], MetricClipsPerClass = 0, SanityClipsPerClass = 0 },
    };

    protected override int ForwardItems => 12;

    [GlobalCleanup(Target = nameof(Page))]
    public void RemoveFolder()
    {
        Cleanup();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public string Figure()
    {
        TimeFrequencyMap clip = new(Batch.Items(0, 1).Memory, Batch.Shape[2], Batch.Shape[3]);
        return new ClipFigure { Title = "a clip", Spectrogram = clip, Maps = [new FigureMap("a map", clip, "")] }.ToSvg();
    }

    [Benchmark]
    public VerificationResult? Page() => ExplanationReport.Write(Model, new Corpus(Batch), _options, _folder);
}
