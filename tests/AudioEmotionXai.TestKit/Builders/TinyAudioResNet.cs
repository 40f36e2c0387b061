namespace AudioEmotionXai.TestKit;

/// <summary>A state dict of an AudioResNet with few channels and random numbers, small enough to be written in a test.</summary>
internal static class TinyAudioResNet
{
    public const int Width = 2;
    public const int Classes = 3;
    private static readonly int[] Channels = [Width, Width, 2 * Width, 4 * Width, 8 * Width];

    public static Dictionary<string, StoredTensor> StateDict(int seed = 1)
    {
        Random random = new(seed);
        Dictionary<string, StoredTensor> tensors = [];
        Convolution(tensors, random, "resnet.conv1", "resnet.bn1", Width, 1, 7);
        for (int layer = 1; layer <= 4; layer++)
        {
            for (int block = 0; block < 2; block++)
            {
                string name = $"resnet.layer{layer}.{block}";
                int input = Channels[block == 0 ? layer - 1 : layer];
                Convolution(tensors, random, $"{name}.conv1", $"{name}.bn1", Channels[layer], input, 3);
                Convolution(tensors, random, $"{name}.conv2", $"{name}.bn2", Channels[layer], Channels[layer], 3);
                if (layer > 1 && block == 0)
                    Convolution(tensors, random, $"{name}.downsample.0", $"{name}.downsample.1", Channels[layer], input, 1);
            }
        }

        tensors["fc.weight"] = Tensor(random, -1, 1, Classes, Channels[4]);
        tensors["fc.bias"] = Tensor(random, -1, 1, Classes);
        return tensors;
    }

    private static void Convolution(Dictionary<string, StoredTensor> tensors, Random random, string convolution, string normalization, int output, int input, int kernel)
    {
        double bound = Math.Sqrt(3.0 / (input * kernel * kernel));
        tensors[$"{convolution}.weight"] = Tensor(random, -bound, bound, output, input, kernel, kernel);
        tensors[$"{normalization}.weight"] = Tensor(random, 0.5, 1.5, output);
        tensors[$"{normalization}.bias"] = Tensor(random, -0.5, 0.5, output);
        tensors[$"{normalization}.running_mean"] = Tensor(random, -0.5, 0.5, output);
        tensors[$"{normalization}.running_var"] = Tensor(random, 0.3, 2, output);
        tensors[$"{normalization}.num_batches_tracked"] = new([], [7]) { StorageClass = "LongStorage" };
    }

    private static StoredTensor Tensor(Random random, double low, double high, params long[] shape)
    {
        double[] values = new double[shape.Aggregate(1L, (count, length) => count * length)];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(low + ((high - low) * random.NextDouble()));
        return new StoredTensor(shape, values);
    }
}
