namespace AudioEmotionXai.TestKit;

/// <summary>Networks to try relevance rules on: odd sizes, H != W, inputs of both signs.</summary>
internal static class PlainNetworks
{
    public const int Channels = 2;
    public const int Height = 9;
    public const int Width = 11;
    public const int Classes = 4;

    /// <summary>Stride, uneven padding, groups, dilation, a residual pair with a projection, a residual pair without, overlapping max pool.</summary>
    public static PlainNetwork Residual(bool withBias, int seed = 3, bool asMatMul = false)
    {
        PlainNetwork network = new(seed, withBias, Channels, Height, Width);
        string x = network.Relu(network.Convolve("input", "conv1", 4, 3, stride: 1, padBegin: 2, padEnd: 0));
        x = network.MaxPool(x, 3, 2, 1);
        string branch = network.Relu(network.Convolve(x, "conv2", 6, 3, stride: 2, padBegin: 1, padEnd: 1, groups: 2));
        branch = network.Convolve(branch, "conv3", 6, 3, padBegin: 1, padEnd: 1);
        string shortcut = network.Convolve(x, "project", 6, 1, stride: 2);
        x = network.Relu(network.Add(branch, shortcut));
        x = network.Relu(network.Add(network.Convolve(x, "conv4", 6, 3, padBegin: 2, padEnd: 2, dilation: 2), x));
        x = network.GlobalAverage(network.Relu(network.Convolve(x, "depthwise", 6, 3, padBegin: 1, padEnd: 1, groups: 6)));
        network.Classify(x, "fc", Classes, asMatMul);
        return network;
    }

    /// <summary>Sums of what is already rectified, and windows that lie wholly inside: every output above zero has inputs that excite it, and some that inhibit it.</summary>
    public static PlainNetwork Rectified(bool withBias, int seed = 4)
    {
        PlainNetwork network = new(seed, withBias, Channels, Height, Width);
        string x = network.Relu(network.Convolve("input", "conv1", 8, 3, padBegin: 1, padEnd: 1));
        x = network.MaxPool(x, 3, 2, 1);
        x = network.Add(network.Relu(network.Convolve(x, "conv2", 8, 3)), network.Relu(network.Convolve(x, "conv3", 8, 3)));
        x = network.GlobalAverage(network.Relu(network.Convolve(x, "conv4", 8, 3)));
        network.Classify(x, "fc", Classes);
        return network;
    }

    /// <summary>A convolution transposed, layers without an activation between them, concatenation, average pools with and without padding counted.</summary>
    public static PlainNetwork Branching(bool withBias, int seed = 5)
    {
        PlainNetwork network = new(seed, withBias, Channels, Height, Width);
        string x = network.Convolve("input", "conv1", 3, 3, stride: 2, padBegin: 1, padEnd: 1);
        string up = network.ConvolveTransposed(x, "up", 3, 3, 2, 1);
        up = network.AveragePool(network.Relu(up), 3, 2, 1, countPad: true);
        string side = network.AveragePool(network.Relu(network.Convolve(x, "side", 2, 1)), 3, 1, 1, countPad: false);
        x = network.Relu(network.Convolve(network.Concat(up, side), "mix", 4, 3, padBegin: 1, padEnd: 1));
        network.Classify(x, "fc", Classes);
        return network;
    }
}
