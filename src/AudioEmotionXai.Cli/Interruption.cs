using System.Runtime.InteropServices;

namespace AudioEmotionXai.Cli;

/// <summary>
/// Ctrl-C, and what asks a process to end from outside (docker stop, systemd, a terminal that closes): the first signal ends the work in
/// an orderly way, with nothing half-written left; a second one ends the process.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _code = ExitCode.Cancelled;

    public Interruption() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, ExitCode.Cancelled)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => End(signal, ExitCode.HungUp)),
        ];

    public CancellationToken Token => _source.Token;

    /// <summary>How a run ends that was cancelled: 128 and the number of the signal, as shells say it.</summary>
    public int Code => Volatile.Read(ref _code);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void End(PosixSignalContext signal, int code)
    {
        signal.Cancel = !_source.IsCancellationRequested;
        if (!signal.Cancel)
            return;
        Volatile.Write(ref _code, code);
        _source.Cancel();
    }
}
