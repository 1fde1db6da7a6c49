namespace LatchLab.Cli;

/// <summary>
/// Writes to standard error which file is being read, if reading takes longer than a moment: a slow program start or a
/// large file.
/// </summary>
internal sealed class ReadingNotice : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private bool _hasEnded;

    /// <summary>Starts the timer of the notice; create the instance when reading begins.</summary>
    public ReadingNotice(string path) => _timer = new(_ => WriteNotice(path), null, Delay, Timeout.InfiniteTimeSpan);

    /// <summary>Cancels the notice; call it when reading has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
            _hasEnded = true;
        _timer.Dispose();
    }

    private void WriteNotice(string path)
    {
        lock (_gate)
        {
            if (!_hasEnded)
                CommandLine.WriteError($"Reading {path} …");
        }
    }
}
