using System.Security.Cryptography;

namespace OnnxRuntimeFeed;

/// <summary>Fetches a pinned package with npm (no scripts run, nothing is installed) and checks its hash.</summary>
internal sealed class NpmDownload(NpmPackage package, WorkFolder work, TextWriter log)
{
    /// <summary>npm's own patience without a network is over a minute.</summary>
    private static readonly string[] s_retries = ["--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=4000"];

    /// <summary>Returns the tarball's path; <paramref name="why"/> opens the message of a failure.</summary>
    public string Run(string why)
    {
        log.WriteLine($"ONNX Runtime: fetching {package} with npm");
        string folder = work.Child("tarball-" + package.Name);
        CommandResult result = Command.Npm(folder, ["pack", package.ToString(), "--ignore-scripts", "--prefer-offline", "--loglevel=error", .. s_retries])
            ?? throw new FeedException(Failure.NpmMissing(package, why));
        string? tarball = Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault();
        if (result.ExitCode != 0 || tarball is null)
            throw new FeedException(Failure.NpmFailed(package, why, result));
        Check(package, tarball);
        return tarball;
    }

    internal static void Check(NpmPackage package, string tarball)
    {
        using FileStream stream = File.OpenRead(tarball);
        string actual = "sha512-" + Convert.ToBase64String(SHA512.HashData(stream));
        if (actual != package.Integrity)
            throw new FeedException(Failure.WrongHash(package, actual));
    }
}
