namespace AudioEmotionXai.Reporting;

/// <summary>Which classes pages and figures show where a model has more than anybody reads: the likeliest, in the model's order.</summary>
internal static class ShownClasses
{
    /// <summary>How many classes are shown at most.</summary>
    public const int Most = 20;

    /// <summary>The classes with the largest value; all where there are few.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="valueOf">How much a class matters.</param>
    public static int[] Of(int classes, Func<int, float> valueOf) =>
        classes <= Most
            ? [.. Enumerable.Range(0, classes)]
            : [.. Enumerable.Range(0, classes).OrderByDescending(valueOf).Take(Most).Order()];

    /// <summary>Says how many classes are left out; null where there are none.</summary>
    public static string? LeftOut(int classes) =>
        classes <= Most
            ? null
            : FormattableString.Invariant($"the {Most} likeliest of {classes} classes; the other {classes - Most} are left out");
}
