namespace AudioEmotionXai.Cli;

/// <summary>How the tool ends; scripts rely on the numbers.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Defect = 1;
    public const int WrongUsage = 2;
    public const int BadInput = 3;
    public const int NoDevice = 4;

    /// <summary>The terminal closed (SIGHUP).</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl-C (SIGINT).</summary>
    public const int Cancelled = 130;

    /// <summary>Asked to end (SIGTERM).</summary>
    public const int Terminated = 143;
}
