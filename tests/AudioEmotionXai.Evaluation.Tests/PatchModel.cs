namespace AudioEmotionXai.Evaluation.Tests;

/// <summary>
/// A two-class model with a known answer: the logit of class 0 is the weighted sum of the cells of one patch, that of class 1 is 0.
/// </summary>
internal sealed class PatchModel
{
    public PatchModel(int bins, int frames, int bin, int frame, int height, int width, float weight = 1)
    {
        Grid = new InputGrid(1, bins, frames);
        Weights = new float[Grid.Cells];
        for (int b = bin; b < bin + height; b++)
            for (int f = frame; f < frame + width; f++)
                Weights[(b * frames) + f] = weight;
    }

    public InputGrid Grid { get; }

    /// <summary>The true map: what each cell adds to the logit at an input of ones.</summary>
    public float[] Weights { get; }

    public int Runs { get; private set; }

    public Classifier Classifier => new((batch, _) => Softmax(Logits(batch)), (batch, _) => Logits(batch));

    public float Probability(ReadOnlySpan<float> sample) => 1 / (1 + MathF.Exp(-Logit(sample)));

    public float Logit(ReadOnlySpan<float> sample)
    {
        float sum = 0;
        for (int i = 0; i < sample.Length; i++)
            sum += Weights[i] * sample[i];
        return sum;
    }

    public MaskedBatch Batch() => new(Classifier.Probabilities, 48, [1, 1, Grid.Bins, Grid.Frames], default);

    /// <summary>Uniform noise, in the patch louder than elsewhere by as much as is asked.</summary>
    public float[] Sample(int seed, float loudness = 0)
    {
        Random random = new(seed);
        float[] sample = new float[Grid.Cells];
        for (int i = 0; i < sample.Length; i++)
            sample[i] = random.NextSingle() + (Weights[i] > 0 ? loudness : 0);
        return sample;
    }

    private FloatTensor Logits(FloatTensor batch)
    {
        int count = batch.Shape[0];
        Runs += count;
        FloatTensor logits = new(count, 2);
        for (int i = 0; i < count; i++)
            logits.Span[2 * i] = Logit(batch.Item(i).Span);
        return logits;
    }

    private static FloatTensor Softmax(FloatTensor logits)
    {
        for (int i = 0; i < logits.Shape[0]; i++)
        {
            float p = 1 / (1 + MathF.Exp(-logits.Span[2 * i]));
            (logits.Span[2 * i], logits.Span[(2 * i) + 1]) = (p, 1 - p);
        }

        return logits;
    }
}
