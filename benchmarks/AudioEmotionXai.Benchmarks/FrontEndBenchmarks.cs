using BenchmarkDotNet.Attributes;

namespace AudioEmotionXai.Benchmarks;

/// <summary>A 3 s clip into a log-mel spectrogram, and what resampling adds where the clip has another rate.</summary>
public class FrontEndBenchmarks
{
    private readonly LogMelExtractor _extractor = new();
    private readonly AudioClip _clip = Noise(24000);
    private readonly AudioClip _other = Noise(44100);

    [Benchmark(Baseline = true)]
    public LogMelSpectrogram LogMel() => _extractor.Extract(_clip);

    [Benchmark]
    public AudioClip Resample() => Resampler.Resample(_other, 24000);

    private static AudioClip Noise(int rate)
    {
        Random random = new(1);
        float[] samples = new float[3 * rate];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = random.NextSingle() - 0.5f;
        return new AudioClip(samples, rate);
    }
}
