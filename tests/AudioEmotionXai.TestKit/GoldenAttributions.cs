using System.Numerics.Tensors;

namespace AudioEmotionXai.TestKit;

/// <summary>Reference maps of the trained model on bundled samples, and how far a map is from them.</summary>
internal static class GoldenAttributions
{
    private static readonly Lazy<NpzFile> s_fixture = new(() => NpzFile.Read(SharedData.Fixture("attributions.npz")));
    private static readonly Lazy<AudioClassifier> s_model = new(() => AudioClassifier.Load(BundledModel.Path));
    private static readonly int[] s_fixtureClips = [4, 12];
    private static readonly Lazy<FloatTensor> s_input = new(() => Samples(s_fixtureClips));

    /// <summary>The trained model, shared by all tests.</summary>
    public static AudioClassifier Model => s_model.Value;

    /// <summary>The two clips that the fixture explains, MK0_fear_27 and MP0_neutral_41: (2, 1, 128, 141).</summary>
    public static FloatTensor Input => s_input.Value;

    /// <summary>
    /// The bundled samples that reference maps are at hand for: one of each emotion where the reference folder lies beside the repository,
    /// the fixture's two elsewhere.
    /// </summary>
    public static int[] EveryClip { get; } = SharedData.Find("goldens") is null ? s_fixtureClips : [0, 4, 8, 12, 16, 20];

    /// <summary>The spectrograms of <see cref="EveryClip"/>.</summary>
    public static FloatTensor EveryInput => Samples(EveryClip);

    /// <summary>The predicted classes of <see cref="EveryClip"/>, which are what the reference maps explain.</summary>
    public static int[] EveryTarget => [.. EveryExpected("target").Span.ToArray().Select(target => (int)target)];

    /// <summary>One array of the fixture.</summary>
    public static FloatTensor Expected(string name) => s_fixture.Value[name].ToTensor();

    /// <summary>One array of reference values for every clip of <see cref="EveryClip"/>.</summary>
    public static FloatTensor EveryExpected(string name) =>
        SharedData.Find($"goldens/{name}.npy") is { } path ? NpyFile.Read(path) : Expected(name);

    /// <summary>Of values for every clip of <see cref="EveryClip"/>, those of the fixture's two.</summary>
    public static FloatTensor OfFixture(FloatTensor every) => Rows(every, [.. s_fixtureClips.Select(clip => Array.IndexOf(EveryClip, clip))]);

    /// <summary>Compares cell by cell; the message shows the worst cell. Tolerances are shares of the largest expected value and of the expected norm.</summary>
    public static void AssertClose(FloatTensor actual, FloatTensor expected, double ofLargest, double ofNorm = double.PositiveInfinity)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), $"{actual} against {expected}");
        double largest = TensorPrimitives.MaxMagnitude<float>(expected.Span);
        largest = Math.Abs(largest);
        double worst = -1, squares = 0, norm = 0;
        int at = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)actual.Span[i] - expected.Span[i]);
            if (!(difference <= worst))
                (worst, at) = (difference, i);
            squares += difference * difference;
            norm += (double)expected.Span[i] * expected.Span[i];
        }

        double relative = Math.Sqrt(squares / norm);
        string report = FormattableString.Invariant($"shape {expected}: worst at {at}: {actual.Span[at]} for {expected.Span[at]} ({worst / largest:e1} of the largest), relative L2 {relative:e1}");
        TestContext.Out.WriteLine(report);
        Assert.That(worst / largest, Is.LessThanOrEqualTo(ofLargest), report);
        Assert.That(relative, Is.LessThanOrEqualTo(ofNorm), report);
    }

    private static FloatTensor Samples(int[] clips) => Rows(BundledSamples.Load().Spectrograms, clips);

    private static FloatTensor Rows(FloatTensor all, int[] rows)
    {
        FloatTensor some = new(rows.Length, all.Shape[1], all.Shape[2], all.Shape[3]);
        for (int i = 0; i < rows.Length; i++)
            all.Item(rows[i]).Span.CopyTo(some.Item(i).Span);
        return some;
    }
}
