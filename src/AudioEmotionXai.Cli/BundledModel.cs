namespace AudioEmotionXai.Cli;

/// <summary>Finds the trained model that comes with the tool: in <c>models/</c> beside it, or in a folder above it, as in a
/// clone.</summary>
internal static class BundledModel
{
    /// <summary>What the model's file is called.</summary>
    public const string FileName = "audio_resnet_nemo.onnx";

    /// <summary>The model's path.</summary>
    /// <exception cref="FileNotFoundException">It is neither beside the application nor above it; the message names the folder the search
    /// began in.</exception>
    public static string Path => Find(FileName);

    /// <summary>The path of something in the nearest <c>models/</c> folder that holds it.</summary>
    /// <exception cref="FileNotFoundException">No folder holds it.</exception>
    public static string Find(string name) =>
        TryFind(name)
        ?? throw new FileNotFoundException(
            $"models/{name} is neither in {AppContext.BaseDirectory} nor in a folder above it. It comes with the project's repository and "
                + $"with the aexai tool; elsewhere, name a model file.",
            name);

    /// <summary>The same; null where no folder holds it.</summary>
    public static string? TryFind(string name)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            string candidate = System.IO.Path.Combine(folder, "models", name);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
