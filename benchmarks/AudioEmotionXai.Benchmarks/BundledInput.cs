namespace AudioEmotionXai.Benchmarks;

/// <summary>What the benchmarks run on: the bundled model on the CPU, and batches of the bundled samples.</summary>
internal static class BundledInput
{
    public static AudioClassifier LoadModel() =>
        AudioClassifier.Load(
            BundledModel.Path, new AudioClassifierOptions
            {
                Provider = ExecutionProvider.Cpu,
                LargestBatch = 32,
                BatchMemoryBytes = 1L << 30,
            }
        );

    /// <summary>The bundled samples, repeated to the asked-for number.</summary>
    public static FloatTensor Batch(int items)
    {
        FloatTensor samples = BundledSamples.Load().Input;
        FloatTensor batch = new([items, .. samples.Shape[1..]]);
        for (int i = 0; i < items; i++)
            samples.Item(i % samples.Shape[0]).Span.CopyTo(batch.Item(i).Span);
        return batch;
    }
}
