namespace AudioEmotionXai.Tests;

/// <summary>What lime found for a bundled sample, on a grid of 8x12 segments with 1000 samples drawn from seed 42.</summary>
/// <param name="index">0 for the first bundled sample, 1 for the fifth.</param>
internal sealed class LimeGolden(int index)
{
    private static readonly Lazy<NpzFile> s_fixture = new(() => NpzFile.Read(SharedData.Fixture("lime.npz")));

    /// <summary>The matrix of switched segments, the same for both samples: the draws do not look at the input.</summary>
    public static NpyArray Samples => s_fixture.Value["samples"];

    /// <summary>The labels of the grid.</summary>
    public static NpyArray Segments => s_fixture.Value["segments"];

    public FloatTensor Input { get; } = BundledSamples.Load().Spectrograms.Items(4 * index, 1);

    /// <summary>The class that is explained.</summary>
    public int Label => this["label"].ToInt32s()[0];

    /// <summary>An array of this sample.</summary>
    public NpyArray this[string name] => s_fixture.Value[$"{name}_{index}"];
}
