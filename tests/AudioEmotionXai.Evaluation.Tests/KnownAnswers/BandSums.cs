namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>
/// A linear model and clips whose answer is known: class k is the energy in bins 2k and 2k + 1, wherever in time; loud bins above them say
/// nothing.
/// </summary>
internal static class BandSums
{
    public const int Classes = 3, Bins = 10, Frames = 17;

    public static OnnxModel Build()
    {
        float[] weights = new float[Bins * Frames * Classes];
        for (int bin = 0; bin < 2 * Classes; bin++)
            for (int frame = 0; frame < Frames; frame++)
                weights[(((bin * Frames) + frame) * Classes) + (bin / 2)] = 0.2f;
        OnnxModel model = OnnxModel.Create(17, "band sums");
        model.AddInput(new OnnxValueInfo("x", OnnxElementType.Float, ["N", 1, Bins, Frames]));
        model.Add(new OnnxNode("Flatten", "flatten", ["x"], ["flat"]));
        model.Add(new OnnxNode("MatMul", "sums", ["flat", "weights"], ["logits"]));
        model.AddInitializer(OnnxTensor.FromFloats("weights", weights, Bins * Frames, Classes));
        model.AddOutput(new OnnxValueInfo("logits", OnnxElementType.Float, ["N", Classes]));
        return model;
    }

    public static Corpus Corpus(int clips)
    {
        FloatTensor input = new(clips, 1, Bins, Frames);
        int[] truths = [.. Enumerable.Range(0, clips).Select(clip => clip % Classes)];
        for (int clip = 0; clip < clips; clip++)
            Fill(input.Item(clip).Span, truths[clip], new Random(clip));
        return new Corpus(input, truths: truths);
    }

    private static void Fill(Span<float> clip, int truth, Random random)
    {
        int start = random.Next(2, Frames - 6);
        for (int bin = 0; bin < Bins; bin++)
            for (int frame = 0; frame < Frames; frame++)
            {
                bool isEvent = bin / 2 == truth && frame >= start && frame < start + 4, isDistraction = bin >= 2 * Classes && random.Next(3) == 0;
                clip[(bin * Frames) + frame] = (0.1f * random.NextSingle()) + (isEvent ? 3 : isDistraction ? 4 : 0);
            }
    }
}
