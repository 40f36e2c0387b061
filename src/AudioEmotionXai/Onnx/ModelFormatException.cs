namespace AudioEmotionXai;

/// <summary>A model, checkpoint or contract file is not what it should be; the message names the file, the place in it, and what was
/// expected.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Creates the exception without a message.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">File, place, what was found, what was expected.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">File, place, what was found, what was expected.</param>
    /// <param name="innerException">What the parser said.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
