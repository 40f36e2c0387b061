namespace AudioEmotionXai;

/// <summary>An NPY or NPZ file is not what it says it is, or holds what was not asked for: the message names the file, the value found, and
/// what was expected.</summary>
public sealed class NpyFormatException : FormatException
{
    /// <summary>An error without a message.</summary>
    public NpyFormatException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">The file, the value found, and what was expected.</param>
    public NpyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">The file, the value found, and what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public NpyFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
