namespace AudioEmotionXai.Reporting;

/// <summary>A sound that was written as a WAV file, read back, and given to the model.</summary>
/// <param name="Kind">Which part of the clip it is.</param>
/// <param name="Wav">The file's bytes: mono, 16 bits, at the front end's rate.</param>
/// <param name="Clip">What was read back from them.</param>
/// <param name="Prediction">What the model says of it.</param>
/// <param name="EnergyShare">Its energy as a share of the clip's, 0 for a silent clip.</param>
/// <param name="Decibels">The log-mel spectrogram that the model was given of it, before it is normalised.</param>
public sealed record HeardSound(
    SoundKind Kind, ReadOnlyMemory<byte> Wav, AudioClip Clip, Prediction Prediction, double EnergyShare, TimeFrequencyMap Decibels);
