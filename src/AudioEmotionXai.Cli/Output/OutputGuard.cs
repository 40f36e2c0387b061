namespace AudioEmotionXai.Cli;

/// <summary>Keeps a command from replacing what it reads, and what it did not write, unless <c>--force</c> is given.</summary>
/// <param name="isForced">Whether everything may be replaced.</param>
/// <param name="inputs">The files that the command reads; null where there is none.</param>
internal sealed class OutputGuard(bool isForced, IEnumerable<string?> inputs)
{
    /// <summary>In <c>parts/</c>: the batches there are a report's, so another report may replace them.</summary>
    private const string ReportMark = "of-a-report.txt";

    private readonly List<string> _inputs = [.. inputs.OfType<string>()];
    private Action _check = () => { };

    /// <summary>Adds files that the command turned out to read, and checks its outputs once more.</summary>
    /// <exception cref="UsageException">An output is one of them.</exception>
    public void Add(IEnumerable<string> more)
    {
        int known = _inputs.Count;
        _inputs.AddRange(more);
        if (_inputs.Count > known)
            _check();
    }

    /// <exception cref="UsageException">The file is one that the command reads.</exception>
    public void Check(string file)
    {
        _check += () => ThrowIfRead(file);
        ThrowIfRead(file);
    }

    /// <exception cref="UsageException">A file that the command reads, or one that no such command wrote, would be replaced.</exception>
    public void Check(string folder, OutputFolder kind)
    {
        _check += () => ThrowIfReadOrForeign(folder, kind);
        ThrowIfReadOrForeign(folder, kind);
    }

    /// <summary>Refuses a report where a verification has finished batches, which it would remove; then marks the folder as a
    /// report's.</summary>
    /// <exception cref="UsageException">The folder holds batches that are not a report's.</exception>
    public void ClaimForReport(string folder)
    {
        string parts = Path.Combine(folder, "parts"), mark = Path.Combine(parts, ReportMark);
        if (!isForced && !File.Exists(mark) && Directory.Exists(parts) && Directory.EnumerateFiles(parts).Any())
            throw new UsageException(
                $"--out {folder} holds what 'aexai verify' measured, in {parts}, which a report would remove: give another folder, or "
                    + $"--force to remove it.");
        Directory.CreateDirectory(parts);
        File.WriteAllText(mark, "The finished batches of 'aexai report': another report in this folder may replace them.\n");
    }

    private void ThrowIfRead(string file)
    {
        string target = RealPath.Of(file);
        if (!isForced && Inputs().FirstOrDefault(input => RealPath.AreOne(input.Real, target)).Name is { } read)
            throw new UsageException(
                $"--out {file} would replace {read}, which this command reads: give another name, or --force to replace it.");
    }

    private void ThrowIfReadOrForeign(string folder, OutputFolder kind)
    {
        if (File.Exists(folder))
            throw new UsageException($"--out takes a folder, but '{folder}' is a file.");
        if (isForced)
            return;
        foreach (string file in kind.Files)
            ThrowIfRead(Path.Combine(folder, file));
        string[] filled = [.. kind.Folders.Select(each => RealPath.Of(Path.Combine(folder, each)))];
        if (Inputs().FirstOrDefault(input => filled.Any(each => RealPath.IsWithin(input.Real, each))).Name is { } read)
            throw new UsageException(
                $"--out {folder} could replace {read}, which this command reads: give another folder, or --force to replace it.");
        if (kind.Foreign(folder) is { } foreign)
            throw new UsageException(
                $"--out {folder} would replace {Path.Combine(folder, foreign)}, which no 'aexai {kind.Command}' wrote: give another "
                    + $"folder, or --force to replace it.");
    }

    private IEnumerable<(string Name, string Real)> Inputs() => _inputs.Select(input => (input, RealPath.Of(input)));
}
