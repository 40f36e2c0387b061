namespace AudioEmotionXai.TestKit;

/// <summary>The front-end contract of the trained model, as its training wrote it.</summary>
internal static class FrontEndText
{
    internal const string Json = """
        {
         "sample_rate": 24000, "seconds": 3.0, "n_fft": 2048, "hop_length": 512, "window": "hann (periodic)", "center": true,
         "pad_mode": "constant", "power": 2.0, "n_mels": 128, "mel_scale": "slaney", "mel_norm": "slaney", "fmin": 0.0, "fmax": 12000.0,
         "db_ref": "max of the clip", "db_amin": 1e-10, "top_db": 80.0, "mean": -56.53040556157969, "std": 18.724325009428828,
         "shape": [1, 128, 141], "labels": ["anger", "fear"]
        }
        """;
}
