namespace AudioEmotionXai;

/// <summary>A sound file is not what it says it is: the message names the file, the chunk, its offset, and what was expected.</summary>
public sealed class AudioFormatException : FormatException
{
    /// <summary>An error without a message.</summary>
    public AudioFormatException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">The file, the place in it, the value found, and what was expected.</param>
    public AudioFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">The file, the place in it, the value found, and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public AudioFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
