using System.Text;

namespace AudioEmotionXai;

/// <summary>
/// Every attribution method by its id: what the command line, the report and the contract tests choose from. Written at compile time
/// from the records that carry an id.
/// </summary>
public static partial class AttributionMethods
{
    private static readonly MethodDescription[] s_all = Registered();
    private static readonly Dictionary<Type, MethodDescription> s_byType = s_all.ToDictionary(description => description.Default.GetType());

    /// <summary>Every registered method, by id.</summary>
    public static IReadOnlyList<MethodDescription> All { get; } = Array.AsReadOnly(s_all);

    /// <summary>The description of one method.</summary>
    /// <param name="id">Such as <c>gradcam</c>.</param>
    /// <exception cref="MethodOptionException">There is no such method; the message lists those that there are.</exception>
    public static MethodDescription Find(string id)
    {
        foreach (MethodDescription description in s_all)
            if (description.Id == id)
                return description;
        throw new MethodOptionException(
            $"There is no method '{id}'; the methods are {string.Join(", ", s_all.Select(description => description.Id))}.");
    }

    /// <summary>A method by its id, with options as text: <c>Create("lrp", new() { ["rules"] = "epsilon" })</c>.</summary>
    /// <param name="id">Such as <c>gradcam</c>.</param>
    /// <param name="options">Names and values in invariant notation; the others stay at their defaults.</param>
    /// <exception cref="MethodOptionException">The method or an option is unknown, a value cannot be read, or the options do not fit
    /// together.</exception>
    public static AttributionMethod Create(string id, IEnumerable<KeyValuePair<string, string>>? options = null) =>
        Find(id).Create(options);

    /// <summary>Reads a method from text as <see cref="AttributionMethod.ToString"/> writes it: an id, then <c>name=value</c> pairs between
    /// blanks.</summary>
    /// <param name="text">Such as <c>smooth-grad samples=50 inner="lrp rules=epsilon"</c>; values with blanks stand in double
    /// quotes.</param>
    /// <exception cref="MethodOptionException">The text is not of that form, or does not name a method and options that there
    /// are.</exception>
    public static AttributionMethod Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (string id, List<KeyValuePair<string, string>> options) = MethodText.Split(text);
        return Create(id, options);
    }

    /// <summary>The canonical text of a method: its id and every option but those that are none by default and now. Where that
    /// does not read back as an equal method, as for one of another assembly, the text says so, and tells it from others by its
    /// hash.</summary>
    internal static string Describe(AttributionMethod method)
    {
        string text = OptionsOf(method);
        if (ReadsBack(text, method))
            return text;
        string? hash = MethodIdentity.ShortOf(method);
        return hash is not null ? $"{text} {MethodText.Partial}, sha256 {hash})"
            : DescriptionOf(method) is not null ? $"{text} {MethodText.Partial})"
            : text;
    }

    private static string OptionsOf(AttributionMethod method)
    {
        if (DescriptionOf(method) is not { } description)
            return method.GetType().Name;
        StringBuilder text = new(description.Id);
        foreach (MethodOption option in description.Options.Where(option => !option.IsLeftOut(method, description.Default)))
            text.Append(' ').Append(option.Name).Append('=').Append(MethodText.Quote(option.ValueIn(method)));
        return text.ToString();
    }

    private static bool ReadsBack(string text, AttributionMethod method)
    {
        try
        {
            return DescriptionOf(method) is not null && Parse(text) == method;
        }
        catch (MethodOptionException)
        {
            return false;
        }
    }

    /// <summary>The registered description of a method, or null for one that is not registered.</summary>
    internal static MethodDescription? DescriptionOf(AttributionMethod method) => s_byType.GetValueOrDefault(method.GetType());

    /// <summary>The id of a method; the type's name for one that is not registered.</summary>
    internal static string IdOf(AttributionMethod method) => DescriptionOf(method)?.Id ?? method.GetType().Name;

    private static partial MethodDescription[] Registered();
}
