namespace AudioEmotionXai.Reporting;

/// <summary>The style sheet and script of the report, held inside the library.</summary>
internal static class PageAssets
{
    /// <summary>The text of one of them.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Reporting.{name}")
            ?? throw new InvalidOperationException($"The library was built without {name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
