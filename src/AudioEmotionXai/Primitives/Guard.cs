using System.Diagnostics.CodeAnalysis;

namespace AudioEmotionXai;

/// <summary>The check of one option.</summary>
internal static class Guard
{
    /// <summary>Throws unless the condition holds; the message names the option, its value and what was expected.</summary>
    /// <exception cref="ArgumentException">The condition does not hold.</exception>
    public static void Require([DoesNotReturnIf(false)] bool holds, string name, object? value, string expected)
    {
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; expected: {expected}."), name);
    }
}
