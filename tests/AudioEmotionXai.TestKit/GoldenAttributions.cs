using System.Numerics.Tensors;

namespace AudioEmotionXai.TestKit;

/// <summary>Reference maps of the trained model on bundled samples, and how far a map is from them.</summary>
internal static class GoldenAttributions
{
    private static readonly Lazy<NpzFile> s_fixture = new(() => NpzFile.Read(SharedData.Fixture("attributions.npz")));
    private static readonly Lazy<AudioClassifier> s_model = new(() => AudioClassifier.Load(BundledModel.Path));
    private static readonly Lazy<FloatTensor> s_input = new(LoadInput);

    /// <summary>The trained model, shared by all tests.</summary>
    public static AudioClassifier Model => s_model.Value;

    /// <summary>The two clips that the fixture explains: (2, 1, 128, 141).</summary>
    public static FloatTensor Input => s_input.Value;

    /// <summary>One array of the fixture.</summary>
    public static FloatTensor Expected(string name) => s_fixture.Value[name].ToTensor();

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

    private static FloatTensor LoadInput()
    {
        string folder = Path.Combine(Path.GetDirectoryName(BundledModel.Path)!, "samples");
        FloatTensor all = NpyFile.Read(Path.Combine(folder, "spectrograms.npy"));
        List<string> lines = [.. File.ReadLines(Path.Combine(folder, "samples.csv"))];
        FloatTensor two = new(2, all.Shape[1], all.Shape[2], all.Shape[3]);
        string[] clips = ["MK0_fear_27", "MP0_neutral_41"];
        for (int i = 0; i < clips.Length; i++)
        {
            int row = lines.FindIndex(line => line.Contains(clips[i], StringComparison.Ordinal)) - 1;
            all.Item(row).Span.CopyTo(two.Item(i).Span);
        }

        return two;
    }
}
