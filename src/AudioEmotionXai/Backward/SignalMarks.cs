namespace AudioEmotionXai;

/// <summary>Nodes that the loading pass wrote for which signals have rules of their own. The documentation text says so in the file, which
/// names cannot.</summary>
internal static class SignalMarks
{
    /// <summary>The signal passes as if the node were not there: rounding to the steps of integers.</summary>
    public const string StraightThrough = "AudioEmotionXai: signals pass straight through";

    /// <summary>No signal passes: what the node writes counts as a constant.</summary>
    public const string Constant = "AudioEmotionXai: a constant to signals";

    public static bool PassesStraight(OnnxNode node) => node.DocString is StraightThrough;

    public static bool IsConstant(OnnxNode node) => node.DocString is Constant;
}
