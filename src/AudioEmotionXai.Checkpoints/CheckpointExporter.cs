namespace AudioEmotionXai.Checkpoints;

/// <summary>
/// Turns a PyTorch checkpoint of AudioResNet (torchvision's ResNet18 with a one-channel first convolution and the linear head <c>fc</c>)
/// into ONNX, without Python. Used by <c>aexai export</c>.
/// </summary>
/// <remarks>
/// The graph (opset 17) takes <c>spectrogram</c> (N, 1, bins, frames) and returns <c>logits</c> (N, classes) and the activations
/// <c>layer1</c> to <c>layer4</c>. Dropout, which does nothing at inference, is left out.
/// </remarks>
public static class CheckpointExporter
{
    /// <summary>Reads a state dict and builds the model.</summary>
    /// <param name="checkpointPath">A .pt file as <c>torch.save(model.state_dict(), …)</c> writes it since PyTorch 1.6; names may begin
    /// with <c>module.</c>.</param>
    /// <param name="labels">The classes' names in order, which go into the model's metadata; null for a model without.</param>
    /// <param name="options">The input's size, and whether batch normalisation is kept; null for the defaults.</param>
    /// <exception cref="ArgumentException">The input's size is not positive.</exception>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="ModelFormatException">The checkpoint is damaged, names something a state dict does not need, or has missing,
    /// unexpected or misshapen tensors; the message names them.</exception>
    public static OnnxModel Export(string checkpointPath, IReadOnlyList<string>? labels = null, ExportOptions? options = null) =>
        Export(checkpointPath, labels, options, AudioResNetLayout.ResNet18Width);

    internal static OnnxModel Export(string checkpointPath, IReadOnlyList<string>? labels, ExportOptions? options, int width)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        options ??= new ExportOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Bins, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Frames, 1, nameof(options));
        using TorchCheckpoint checkpoint = TorchCheckpoint.Open(checkpointPath);
        AudioResNetLayout layout = new(width, labels?.Count ?? AudioResNetLayout.CountClasses(checkpoint));
        layout.Check(checkpoint);
        OnnxModel model = new AudioResNetGraph(checkpoint, layout, options).Build();
        if (labels is not null)
            ModelMetadata.SetLabels(model, labels);
        return model;
    }
}
