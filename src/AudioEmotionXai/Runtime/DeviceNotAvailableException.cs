namespace AudioEmotionXai;

/// <summary>The device that was asked for is not there; nothing ran on another one instead.</summary>
public sealed class DeviceNotAvailableException : InvalidOperationException
{
    /// <summary>Creates the exception without a message.</summary>
    public DeviceNotAvailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was asked for and what is there.</param>
    public DeviceNotAvailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was asked for and what is there.</param>
    /// <param name="innerException">What the runtime said.</param>
    public DeviceNotAvailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
