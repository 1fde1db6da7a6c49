namespace LatchLab.Cli;

/// <summary>
/// Says on standard error what is being read, where that takes so long that somebody may wonder: a program that has
/// just started, or a large file.
/// </summary>
internal sealed class ReadingNotice : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private bool _hasEnded;

    /// <summary>Reading begins.</summary>
    /// <param name="path">What is read.</param>
    public ReadingNotice(string path) => _timer = new(_ => WriteNotice(path), null, Delay, Timeout.InfiniteTimeSpan);

    /// <summary>Reading has ended.</summary>
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
