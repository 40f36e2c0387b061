namespace WebApiSample;

/// <summary>The section <c>Service</c> of the configuration.</summary>
internal sealed class ServiceSettings
{
    /// <summary>How many requests may wait, beside the one at work; the next one is refused with 503 before its recording is read. 1 to
    /// 1000.</summary>
    public int QueueLength { get; set; } = 8;

    /// <summary>The largest recording that is taken; 8 MB are nearly three minutes at 24 kHz and 16 bits.</summary>
    public long MaximumUploadBytes { get; set; } = 8_000_000;

    /// <summary>How long a request may take, upload and waiting included; then it is answered with 504. 1 to 3600.</summary>
    public int RequestSeconds { get; set; } = 60;
}
