using System.Runtime.InteropServices;

namespace LatchLab.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal: the work is asked to stop, so that it can clean up behind itself; a second
/// signal, or work that does not stop in time, ends the process at once (a report that is just being written is taken
/// back even then).
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _cancellationSource = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TimeSpan _timeout;

    /// <summary>Listens for signals.</summary>
    /// <param name="timeout">How long the work may take to stop; half a second if nothing is said.</param>
    public TerminationSignals(TimeSpan? timeout = null)
    {
        this._timeout = timeout ?? TimeSpan.FromMilliseconds(500);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => HandleSignal(signal, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => HandleSignal(signal, ExitCodes.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => HandleSignal(signal, ExitCodes.HungUp)),
        ];
    }

    /// <summary>
    /// Patience with what writes a ledger: to write what waits in its queue, and to let the longest pass end.
    /// </summary>
    public static TimeSpan LedgerTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The exit code of the signal that came.</summary>
    public static int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Cancelled when a signal comes.</summary>
    public CancellationToken Token => _cancellationSource.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void HandleSignal(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        if (_cancellationSource.IsCancellationRequested)
            Environment.Exit(exitCode);
        ExitCode = exitCode;
        new Thread(() =>
        {
            Thread.Sleep(_timeout);
            CommandLine.WriteError("Interrupted.");
            Environment.Exit(exitCode);
        })
        { IsBackground = true }.Start();
        _cancellationSource.Cancel();
    }
}
