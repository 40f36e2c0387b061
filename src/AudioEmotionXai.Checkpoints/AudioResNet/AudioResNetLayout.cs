namespace AudioEmotionXai.Checkpoints;

/// <summary>The names and shapes of the tensors that a state dict of AudioResNet holds.</summary>
/// <param name="Width">The channels of the first convolution and of layer1; each later layer has twice as many as the one before.</param>
/// <param name="Classes">The number of classes.</param>
internal sealed record AudioResNetLayout(int Width, int Classes)
{
    public const int ResNet18Width = 64;
    public const int Layers = 4;
    public const int BlocksPerLayer = 2;
    private const int MostNamed = 8;

    /// <summary>The channels that leave a layer, 1 to 4.</summary>
    public int Channels(int layer) => Width << (layer - 1);

    /// <summary>Whether a block's shortcut is a convolution, which it is where the size changes.</summary>
    public static bool HasProjection(int layer, int block) => layer > 1 && block == 0;

    /// <summary>The number of classes of a checkpoint that comes without labels.</summary>
    public static int CountClasses(TorchCheckpoint checkpoint) =>
        checkpoint.Find("fc.weight") is { Shape: [> 0, _] } head
            ? head.Shape[0]
            : throw new ModelFormatException(
                $"{checkpoint.Path}: has no tensor 'fc.weight' of shape (classes, features), so it is not an AudioResNet.");

    /// <summary>Compares a checkpoint with this layout.</summary>
    /// <exception cref="ModelFormatException">Tensors are missing, unexpected, of another shape or not floating point; the message names
    /// them.</exception>
    public void Check(TorchCheckpoint checkpoint)
    {
        Dictionary<string, int[]> expected = new(Tensors(), StringComparer.Ordinal);
        List<string> problems = [];
        Add(problems, "missing", expected.Keys.Where(name => checkpoint.Find(name) is null));
        Add(problems, "unexpected", checkpoint.Names.Where(name => !expected.ContainsKey(name) && !IsCounter(name)));
        Add(problems, "of another shape", expected.Where(pair => Differs(checkpoint.Find(pair.Key), pair.Value)).Select(pair =>
            $"{pair.Key} has {checkpoint.Find(pair.Key)}, expected {FloatTensor.Describe(pair.Value)}"));
        Add(problems, "not floating point", expected.Keys.Where(name => checkpoint.Find(name)?.Storage.Type == TorchElementType.Int64));
        if (problems.Count > 0)
            throw new ModelFormatException(
                $"{checkpoint.Path}: does not hold the tensors of an AudioResNet with {Classes} classes. {string.Join(" ", problems)}");
    }

    private static void Add(List<string> problems, string what, IEnumerable<string> names)
    {
        string[] all = [.. names];
        if (all.Length == 0)
            return;
        string more = all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "";
        problems.Add($"Tensors {what}: {string.Join("; ", all.Take(MostNamed))}{more}.");
    }

    private static bool Differs(TorchTensor? tensor, int[] shape) => tensor is not null && !tensor.Shape.SequenceEqual(shape);

    /// <summary>How many batches a normalisation has seen: written since PyTorch 0.4.1, used in training only.</summary>
    private static bool IsCounter(string name) => name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private IEnumerable<KeyValuePair<string, int[]>> Tensors()
    {
        IEnumerable<KeyValuePair<string, int[]>> tensors = Convolution("resnet.conv1", "resnet.bn1", Width, 1, 7);
        for (int layer = 1; layer <= Layers; layer++)
            for (int block = 0; block < BlocksPerLayer; block++)
                tensors = tensors.Concat(Block($"resnet.layer{layer}.{block}", layer, block));
        return tensors.Append(new("fc.weight", [Classes, Channels(Layers)])).Append(new("fc.bias", [Classes]));
    }

    private IEnumerable<KeyValuePair<string, int[]>> Block(string name, int layer, int block)
    {
        int output = Channels(layer);
        int input = HasProjection(layer, block) ? Channels(layer - 1) : output;
        IEnumerable<KeyValuePair<string, int[]>> tensors = Convolution($"{name}.conv1", $"{name}.bn1", output, input, 3)
            .Concat(Convolution($"{name}.conv2", $"{name}.bn2", output, output, 3));
        return HasProjection(layer, block)
            ? tensors.Concat(Convolution($"{name}.downsample.0", $"{name}.downsample.1", output, input, 1))
            : tensors;
    }

    private static IEnumerable<KeyValuePair<string, int[]>> Convolution(
        string convolution,
        string normalization,
        int output,
        int input,
        int kernel) =>
        [
            new($"{convolution}.weight", [output, input, kernel, kernel]), new($"{normalization}.weight", [output]),
            new($"{normalization}.bias", [output]), new($"{normalization}.running_mean", [output]),
            new($"{normalization}.running_var", [output]),
        ];
}
