namespace WebApiSample;

/// <summary>The section <c>Service</c> of the configuration.</summary>
internal sealed class ServiceSettings
{
    /// <summary>How many requests may wait; the next one is refused with 503.</summary>
    public int QueueLength { get; set; } = 8;

    /// <summary>The largest recording that is taken; 8 MB are nearly three minutes at 24 kHz and 16 bits.</summary>
    public long MaximumUploadBytes { get; set; } = 8_000_000;
}
