using System.Diagnostics;
using LatchLab.Foundation;

namespace LatchLab.Cli;

/// <summary>Writes to standard error every few seconds how much of a large file has been read.</summary>
internal sealed class ReadingProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    /// <summary>Writes a line if the last one is old.</summary>
    public void Report(string path, double share)
    {
        if (_sinceLast.Elapsed < Interval)
            return;
        _sinceLast.Restart();
        CommandLine.WriteError($"Reading {path}: {NumberFormat.Percent(share)}");
    }
}
