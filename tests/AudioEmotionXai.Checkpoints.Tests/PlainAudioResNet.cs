namespace AudioEmotionXai.Checkpoints.Tests;

/// <summary>AudioResNet's forward pass straight from a state dict, in double precision and loops: the slow twin of an exported model.</summary>
internal sealed class PlainAudioResNet(IReadOnlyDictionary<string, StoredTensor> weights)
{
    /// <summary>Channels of rows of columns.</summary>
    private sealed record Volume(int Channels, int Height, int Width)
    {
        public double[] Values { get; } = new double[Channels * Height * Width];

        public ref double this[int channel, int row, int column] => ref Values[(((channel * Height) + row) * Width) + column];

        public double At(int channel, int row, int column, double outside) =>
            row < 0 || column < 0 || row >= Height || column >= Width ? outside : this[channel, row, column];
    }

    public double[] Logits(ReadOnlySpan<float> spectrogram, int height, int width)
    {
        Volume volume = new(1, height, width);
        for (int i = 0; i < spectrogram.Length; i++)
            volume.Values[i] = spectrogram[i];
        volume = MaxPool(Relu(Convolve(volume, "resnet.conv1", "resnet.bn1", 2)));
        for (int layer = 1; layer <= 4; layer++)
            for (int block = 0; block < 2; block++)
                volume = Block(volume, $"resnet.layer{layer}.{block}", layer > 1 && block == 0);
        return Head(volume);
    }

    private Volume Block(Volume input, string name, bool projects)
    {
        Volume sum = Convolve(Relu(Convolve(input, $"{name}.conv1", $"{name}.bn1", projects ? 2 : 1)), $"{name}.conv2", $"{name}.bn2", 1);
        Volume shortcut = projects ? Convolve(input, $"{name}.downsample.0", $"{name}.downsample.1", 2) : input;
        for (int i = 0; i < sum.Values.Length; i++)
            sum.Values[i] += shortcut.Values[i];
        return Relu(sum);
    }

    private Volume Convolve(Volume input, string convolution, string normalization, int stride)
    {
        StoredTensor kernel = weights[$"{convolution}.weight"];
        int size = (int)kernel.Shape[2];
        Volume output = new((int)kernel.Shape[0], ((input.Height - 1) / stride) + 1, ((input.Width - 1) / stride) + 1);
        for (int channel = 0; channel < output.Channels; channel++)
            for (int row = 0; row < output.Height; row++)
                for (int column = 0; column < output.Width; column++)
                    output[channel, row, column] = Normalize(Sum(input, kernel, channel, (row * stride) - (size / 2), (column * stride) - (size / 2)), normalization, channel);
        return output;
    }

    private static double Sum(Volume input, StoredTensor kernel, int output, int top, int left)
    {
        int size = (int)kernel.Shape[2];
        double sum = 0;
        for (int channel = 0; channel < input.Channels; channel++)
            for (int row = 0; row < size; row++)
                for (int column = 0; column < size; column++)
                    sum += kernel.Storage[(((((output * input.Channels) + channel) * size) + row) * size) + column] * input.At(channel, top + row, left + column, 0);
        return sum;
    }

    private double Normalize(double value, string name, int channel)
    {
        double deviation = Math.Sqrt(weights[$"{name}.running_var"].Storage[channel] + 1e-5);
        double standardized = (value - weights[$"{name}.running_mean"].Storage[channel]) / deviation;
        return (standardized * weights[$"{name}.weight"].Storage[channel]) + weights[$"{name}.bias"].Storage[channel];
    }

    private static Volume Relu(Volume volume)
    {
        foreach (ref double value in volume.Values.AsSpan())
            value = Math.Max(value, 0);
        return volume;
    }

    private static Volume MaxPool(Volume input)
    {
        Volume output = new(input.Channels, ((input.Height - 1) / 2) + 1, ((input.Width - 1) / 2) + 1);
        for (int channel = 0; channel < output.Channels; channel++)
            for (int row = 0; row < output.Height; row++)
                for (int column = 0; column < output.Width; column++)
                    output[channel, row, column] = Enumerable.Range(0, 9).Max(k => input.At(channel, (2 * row) - 1 + (k / 3), (2 * column) - 1 + (k % 3), double.NegativeInfinity));
        return output;
    }

    private double[] Head(Volume volume)
    {
        int cells = volume.Height * volume.Width;
        double[] features = [.. volume.Values.Chunk(cells).Select(channel => channel.Average())];
        StoredTensor head = weights["fc.weight"];
        return [.. weights["fc.bias"].Storage.Select((bias, row) => bias + features.Select((feature, column) => feature * head.Storage[(row * features.Length) + column]).Sum())];
    }
}
