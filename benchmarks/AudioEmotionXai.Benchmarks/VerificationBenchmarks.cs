using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AudioEmotionXai.Benchmarks;

/// <summary>Both protocols of verification on one clip with two cheap methods, all fills and draws, against the forward passes that the
/// masks need.</summary>
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 7)]
public class VerificationBenchmarks : ModelBenchmarks
{
    private static readonly VerificationOptions Options = new()
    {
        Methods = [new GradCam(), new Silence()],
        Protocols = VerificationProtocols.Notebook | VerificationProtocols.Controlled,
        Controlled = new ControlledProtocol().For(1),
        MetricClipsPerClass = 0,
        SanityClipsPerClass = 0,
    };

    // The controlled protocol's masks, of two methods, loudness and GradCAM on a random network, none of them signed; and the notebook's: a
    // mask of each method's own size, and a random one for each size
    protected override int ForwardItems
    {
        get
        {
            const int Rows = 4, Controlled = 3;
            DropLayout layout = Options.Controlled.LayoutOf(Rows, Controlled);
            return ((layout.Lines - Rows) * layout.Conditions) + (2 * Options.Methods.Count);
        }
    }

    [Benchmark]
    public object VerifyClip() => Verification.Run(Model, new Corpus(Batch.Items(0, 1)), Options);
}
