namespace OnnxRuntimeFeed;

/// <summary>The words of a failure: what was tried, what is missing, what to do.</summary>
internal static class Failure
{
    private const string WhatToDo =
        "Any one of these helps: (1) make npm and its registry reachable and build again; (2) add a package source that offers " +
        "Microsoft.ML.OnnxRuntime.Managed and .Gpu (`dotnet nuget add source`); (3) copy their packages into tools/feed. " +
        "More: tools/OnnxRuntimeFeed/README.md";

    public static string NpmMissing(NpmPackage package, SourceAnswer answer) => Join(
        answer, $"Building them needs {package} from the npm registry, and npm was not found on the path (it comes with Node.js).");

    public static string NpmFailed(NpmPackage package, SourceAnswer answer, CommandResult result) => Join(
        answer, $"Building them needs {package} from the npm registry, and `npm pack` failed (no network, or a registry without it?):\n{Tail(result)}");

    public static string WrongHash(NpmPackage package, string actual) =>
        $"ONNX Runtime: the tarball of {package} that npm delivered is not the one this build trusts.\n" +
        $"Expected {package.Integrity}\nbut got  {actual}.\nIt was not used. Try `npm cache verify`, then build again.";

    public static string BindingFailed(CommandResult result) =>
        "ONNX Runtime: its managed binding did not compile. It needs the .NET 10 SDK and, from the configured package sources, " +
        $"System.Numerics.Tensors {BindingCompiler.TensorsVersion}:\n{Tail(result)}\n{WhatToDo}";

    private static string Join(SourceAnswer answer, string problem) =>
        $"ONNX Runtime {PackageSet.Version}: {answer.Text}\n{problem}\n{WhatToDo}";

    private static string Tail(CommandResult result)
    {
        string[] lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join('\n', lines.Distinct().TakeLast(8).Select(line => "    " + line));
    }
}
