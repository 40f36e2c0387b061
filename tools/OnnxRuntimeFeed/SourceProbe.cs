namespace OnnxRuntimeFeed;

/// <summary>
/// Asks the configured sources by restoring the two small packages of the set, with the credentials and source mappings of
/// an ordinary restore, into a folder of its own (the user's package folder may hold packages that this tool built).
/// </summary>
internal sealed class SourceProbe(WorkFolder work)
{
    /// <summary>NuGet's codes for "not there": unknown id, no such version, only pre-releases.</summary>
    private static readonly string[] NotThere = ["NU1101", "NU1102", "NU1103"];

    public SourceAnswer Ask()
    {
        string folder = work.Child("probe");
        string project = Path.Combine(folder, "probe.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageDownload Include="{PackageSet.Managed}" Version="[{PackageSet.Version}]" />
                <PackageDownload Include="{PackageSet.Gpu}" Version="[{PackageSet.Version}]" />
              </ItemGroup>
            </Project>
            """);
        return Read(Command.Dotnet(folder, "restore", project, "-v", "q", "-nologo"));
    }

    private static string Reason(CommandResult result)
    {
        string? line = result.Output.Split('\n').FirstOrDefault(one => one.Contains("error NU", StringComparison.Ordinal));
        return line is null ? "" : $" ({line[line.IndexOf("NU", StringComparison.Ordinal)..].Trim().TrimEnd('.')})";
    }

    internal static SourceAnswer Read(CommandResult result)
    {
        if (result.ExitCode == 0)
            return new SourceAnswer(true, true, "the configured package sources offer its packages.");
        bool lacking = NotThere.Any(code => result.Output.Contains(code, StringComparison.Ordinal));
        return lacking ? SourceAnswer.Lacking : new SourceAnswer(false, false, $"the configured package sources could not be asked{Reason(result)}.");
    }
}
