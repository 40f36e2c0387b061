namespace AudioEmotionXai;

/// <summary>Mono samples that come one after the other, so that a recording of any length can be read without holding it.</summary>
internal interface ISampleReader
{
    /// <summary>Samples a second.</summary>
    int SampleRate { get; }

    /// <summary>How many there will be in all; null where that is known only at the end.</summary>
    long? SampleCount { get; }

    /// <summary>Reads the next samples.</summary>
    /// <param name="samples">Receives them, from its start.</param>
    /// <returns>How many were read: fewer than asked for only at the end.</returns>
    int Read(Span<float> samples);
}
