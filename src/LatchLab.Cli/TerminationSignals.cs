using System.Runtime.InteropServices;

namespace LatchLab.Cli;

/// <summary>
/// Handles Ctrl-C, SIGTERM and a closed terminal. The first signal cancels the work, which then cleans up. A second
/// signal, or work that does not stop within the timeout, ends the process at once; even then a partly written report
/// is removed.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource _cancellationSource = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TimeSpan _timeout;
    private readonly string _message;

    /// <summary>Registers the signal handlers.</summary>
    /// <param name="timeout">How long the work may take to stop; the default is half a second.</param>
    /// <param name="message">The message if it does not stop in that time.</param>
    public TerminationSignals(TimeSpan? timeout = null, string message = "Interrupted.")
    {
        _message = message;
        _timeout = timeout ?? TimeSpan.FromMilliseconds(500);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => HandleSignal(signal, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => HandleSignal(signal, ExitCodes.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => HandleSignal(signal, ExitCodes.HungUp)),
        ];
    }

    /// <summary>
    /// The timeout of commands that write a ledger: they write the pending trials and finish the pass in progress.
    /// </summary>
    public static TimeSpan LedgerTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The exit code for the received signal.</summary>
    public static int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Cancelled when a signal arrives.</summary>
    public CancellationToken Token => _cancellationSource.Token;

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
            CommandLine.WriteError(_message);
            Environment.Exit(exitCode);
        })
        { IsBackground = true }.Start();
        _cancellationSource.Cancel();
    }
}
