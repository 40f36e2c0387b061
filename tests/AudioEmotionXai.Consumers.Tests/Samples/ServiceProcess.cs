using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AudioEmotionXai.Consumers.Tests;

/// <summary>The sample service as a process of its own, as a machine runs it.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new();

    private ServiceProcess(string[] settings)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "WebApiSample.dll");
        ProcessStartInfo start = new("dotnet", [program, "--urls", "http://127.0.0.1:0", "--Model:Path", Repository.Model, .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public static async Task<(ServiceProcess Process, Uri Address)> StartAsync(params string[] settings)
    {
        ServiceProcess service = new(settings);
        return (service, await service._address.Task.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    /// <summary>The most memory that the process had at once, in bytes (Linux).</summary>
    public long PeakMemory() =>
        1024 * long.Parse(Peak().Match(File.ReadAllText($"/proc/{Id}/status")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Asks the process to end, as a host does; its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is not null && Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Now listening on: (\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex Peak();
}
