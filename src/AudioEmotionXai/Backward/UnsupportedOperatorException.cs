namespace AudioEmotionXai;

/// <summary>A model has an operator that no rule covers; the message names node, operator, operator set, rule set and what is
/// supported.</summary>
public sealed class UnsupportedOperatorException : NotSupportedException
{
    /// <summary>Creates the exception without a message.</summary>
    public UnsupportedOperatorException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Node, operator, rule set, what is supported.</param>
    public UnsupportedOperatorException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Node, operator, rule set, what is supported.</param>
    /// <param name="innerException">The cause.</param>
    public UnsupportedOperatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
