using System.Runtime.InteropServices;

namespace LatchLab.Cli;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal: the work is asked to stop, so that it can clean up behind itself; a second
/// signal, or work that does not stop in time, ends the process at once (a report that is just being written is taken
/// back even then).
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly TimeSpan patience;

    /// <summary>Listens for signals.</summary>
    /// <param name="patience">How long the work may take to stop; half a second if nothing is said.</param>
    public Interruption(TimeSpan? patience = null)
    {
        this.patience = patience ?? TimeSpan.FromMilliseconds(500);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCodes.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCodes.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Stop(signal, ExitCodes.HungUp)),
        ];
    }

    /// <summary>
    /// Patience with what writes a ledger: to write what waits in its queue, and to let the longest pass end.
    /// </summary>
    public static TimeSpan OfLedger { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The exit code of the signal that came.</summary>
    public static int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Cancelled when a signal comes.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        if (source.IsCancellationRequested)
            Environment.Exit(exitCode);
        ExitCode = exitCode;
        new Thread(() =>
        {
            Thread.Sleep(patience);
            CommandLine.Tell("Interrupted.");
            Environment.Exit(exitCode);
        })
        { IsBackground = true }.Start();
        source.Cancel();
    }
}
