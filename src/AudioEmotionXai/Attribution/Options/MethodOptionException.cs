namespace AudioEmotionXai;

/// <summary>A text names no method, an option that the method does not have, or a value that the option cannot take.</summary>
public sealed class MethodOptionException : FormatException
{
    /// <summary>Creates the exception without a message.</summary>
    public MethodOptionException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Names the method, the option, the value, and what is possible.</param>
    public MethodOptionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its reason.</summary>
    /// <param name="message">Names the method, the option, the value, and what is possible.</param>
    /// <param name="innerException">What was wrong with the value.</param>
    public MethodOptionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The message of a reason without the name of a C# parameter, which means nothing in a text.</summary>
    internal static string MessageOf(Exception reason) =>
        reason is ArgumentException { ParamName: { } parameter }
            ? reason.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            : reason.Message;
}
