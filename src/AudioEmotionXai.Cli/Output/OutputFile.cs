namespace AudioEmotionXai.Cli;

/// <summary>What every <c>--out FILE</c> has in common.</summary>
internal static class OutputFile
{
    /// <summary>Refuses, before any work, a file whose extension promises another format than what is written.</summary>
    public static void ThrowUnless(string path, params ReadOnlySpan<string> extensions)
    {
        if (!extensions.Contains(ExtensionOf(path)))
            throw new UsageException($"--out takes a file that ends with {string.Join(", ", extensions)}, not '{path}'.");
    }

    public static string ExtensionOf(string path) => Path.GetExtension(path).ToLowerInvariant();
}
