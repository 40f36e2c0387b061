namespace AudioEmotionXai;

/// <summary>What a model says of a clip is NaN or infinite, so that there is no class to name or to explain; the message names clip, class
/// and value.</summary>
public sealed class AnswerNotFiniteException : FormatException
{
    /// <summary>Creates the exception without a message.</summary>
    public AnswerNotFiniteException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The clip, the class and the value.</param>
    public AnswerNotFiniteException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The clip, the class and the value.</param>
    /// <param name="innerException">The cause.</param>
    public AnswerNotFiniteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
