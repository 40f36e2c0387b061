namespace AudioEmotionXai;

/// <summary>Explains a recording sample by sample.</summary>
public static class WaveformAttribution
{
    /// <summary>Explains a clip by any method that a model of samples can be given to: gradients, path and noise methods, LRP.</summary>
    /// <param name="method">The method with its options; values are in units of samples, so a smooth-grad wants far less noise than on a
    /// spectrogram.</param>
    /// <param name="model">A model of samples, as <see cref="WaveformModel.WithWaveformInput"/> makes it.</param>
    /// <param name="clip">The clip: resampled, cut or filled with zeros as the model's front end says.</param>
    /// <param name="target">The class to explain; the predicted one by default.</param>
    /// <param name="progress">Told how far the work is; may be null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">The model takes no samples, or the method's options do not fit.</exception>
    public static WaveformRelevance AttributeClip(
        this AttributionMethod method,
        AudioClassifier model,
        AudioClip clip,
        ClassTarget? target = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(clip);
        if (!model.TakesSamples)
            throw new ArgumentException(
                $"The model {model.Name} takes spectrograms; one that takes samples was expected, as WithWaveformInput makes it.",
                nameof(model));
        FloatTensor samples = model.ToInput(clip);
        return new WaveformRelevance(
            method.Attribute(model, samples, target, progress, cancellationToken), item: 0, samples.Memory, model.FrontEnd!.Options);
    }
}
