namespace LatchLab.Cli;

/// <summary>
/// Says on standard error what is being read, where that takes so long that somebody may wonder: a program that has
/// just started, or a large file.
/// </summary>
internal sealed class ReadingNotice : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Timer timer;
    private bool ended;

    /// <summary>Reading begins.</summary>
    /// <param name="path">What is read.</param>
    public ReadingNotice(string path) => timer = new(_ => Show(path), null, Patience, Timeout.InfiniteTimeSpan);

    /// <summary>Reading has ended.</summary>
    public void Dispose()
    {
        lock (gate)
            ended = true;
        timer.Dispose();
    }

    private void Show(string path)
    {
        lock (gate)
        {
            if (!ended)
                CommandLine.Tell($"Reading {path} …");
        }
    }
}
