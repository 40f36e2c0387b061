namespace OnnxRuntimeFeed;

/// <summary>The command line: reads the options, fills the feed, and leaves a failure where the build can read it.</summary>
internal static class FeedCommand
{
    public static int Run(string[] args)
    {
        FeedOptions options = FeedOptions.Parse(args);
        try
        {
            new FeedFiller(options, Console.Out).Fill();
            return 0;
        }
        catch (Exception error) when (error is FeedException or IOException or UnauthorizedAccessException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Report))!);
            File.WriteAllText(options.Report, error.Message);
            return 1;
        }
    }
}
