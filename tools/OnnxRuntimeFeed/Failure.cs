namespace OnnxRuntimeFeed;

/// <summary>The words of a failure: what was tried, what is missing, what to do.</summary>
internal static class Failure
{
    private const string WhatToDo =
        "Any one of these helps: (1) make npm and its registry reachable, then build again; (2) add a package source that offers " +
        "Microsoft.ML.OnnxRuntime.Managed and .Gpu (dotnet nuget add source); (3) on another machine build a clone, and copy what its " +
        "tools/feed then holds into this one's. More: tools/OnnxRuntimeFeed/README.md";

    public static string NpmMissing(NpmPackage package, string why) =>
        $"{why}\nThe npm package {package} is needed, and npm was not found on the path (it comes with Node.js).\n{WhatToDo}";

    public static string NpmFailed(NpmPackage package, string why, CommandResult result) =>
        $"{why}\nThe npm package {package} is needed, and npm pack could not fetch it (no network, or a registry that lacks it?). It said: {LastLines(result)}\n{WhatToDo}";

    public static string WrongHash(NpmPackage package, string actual) =>
        $"ONNX Runtime: what npm delivered as {package} is not the file that this build trusts, and was not used.\n" +
        $"Expected {package.Integrity}\nbut got  {actual}.\nTry npm cache verify, then build again.";

    public static string NoNativeLibrary(string system, string[] systems) =>
        $"ONNX Runtime {PackageSet.Version}: the configured package sources lack it, and the npm package that could stand in has no native " +
        $"library for {system} (only {string.Join(", ", systems)}). Add a package source that offers Microsoft.ML.OnnxRuntime (dotnet nuget add source).";

    public static string BindingFailed(CommandResult result) =>
        "ONNX Runtime: its managed binding did not compile. It needs the .NET 10 SDK and, from the configured package sources, " +
        $"System.Numerics.Tensors {BindingCompiler.TensorsVersion}. The compiler said: {LastLines(result)}\n{WhatToDo}";

    /// <summary>One line, since a build repeats its own prefix before every line of an error.</summary>
    private static string LastLines(CommandResult result)
    {
        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join("; ", lines.Where(line => !line.Contains("complete log", StringComparison.Ordinal)).Distinct().TakeLast(5));
    }
}
