namespace AudioEmotionXai;

/// <summary>What becomes of a class activation map after the weighted sum over channels.</summary>
public enum CamMode
{
    /// <summary>As pytorch-grad-cam: Relu, min-max at the layer's size (1e-7), bilinear to the input's size, mean over layers, min-max
    /// again. Largest value 1.</summary>
    [MethodOption(Name = "pytorch-grad-cam")]
    PyTorchGradCam,

    /// <summary>As the notebook this library grew from: Relu, min-max at the layer's size (1e-8), bilinear. The largest value stays a
    /// little below 1.</summary>
    Notebook,

    /// <summary>Signed, bilinear to the input's size, not scaled: what verification and comparisons between classes need.</summary>
    Raw,
}
