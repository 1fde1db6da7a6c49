using System.Diagnostics;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>A process that adds trials as fast as it can is killed again and again.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Kills = 52, BatchRows = 100, Cells = 20;

    // What the process says of where it is.
    private static readonly string[] Moments = ["opening", "adding", "open", "adding"];

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void However_often_it_is_killed_nothing_is_lost_and_nothing_there_twice()
    {
        SlowTests.SkipUnlessAsked();
        var random = new Random(5); // when to kill; what else happens at that moment is up to the machine
        int trials = 1000, killed = 0;
        long count = 0;
        for (int start = 0; killed < Kills; start++)
        {
            JournalMode journal = start % 3 == 2 ? JournalMode.Rollback : JournalMode.WriteAheadLog;
            if (!IsKilled(trials, journal, Moments[start % 4], TimeSpan.FromMilliseconds(random.Next(50))))
            {
                trials *= 2; // a fast machine needs more of them
            }
            else if (++killed % 13 == 0)
            {
                long now = CheckedCount();
                Assert.InRange(now, count + 1, (long)Cells * trials);
                count = now;
            }
        }

        var sweep = new SampleSweep(Cells, trials);
        using (Process last = _sandbox.Start("a", sweep, 50_000, JournalMode.WriteAheadLog))
        {
            Assert.EndsWith("complete", last.StandardOutput.ReadToEnd().TrimEnd(), StringComparison.Ordinal);
            last.WaitForExit();
        }

        Assert.Equal(Cells * trials, CheckedCount());
        string folder = _sandbox.Fill("b", sweep);
        foreach (ExportedTable table in Enum.GetValues<ExportedTable>())
        {
            byte[] unbroken = LedgerSandbox.Export(folder, table: table);
            Assert.True(unbroken.AsSpan().SequenceEqual(LedgerSandbox.Export(_sandbox.Below("a"), table: table)));
        }
    }

    /// <summary>Starts a process, and kills it some time after it has said where it is.</summary>
    /// <returns>False if it had completed the ledger before.</returns>
    private bool IsKilled(int trials, JournalMode journal, string moment, TimeSpan after)
    {
        using Process process = _sandbox.Start("a", new SampleSweep(Cells, trials), BatchRows, journal);
        try
        {
            string? line = process.StandardOutput.ReadLine();
            while (line is not null && line != moment)
                line = process.StandardOutput.ReadLine();
            return !process.WaitForExit(after);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
            Assert.Equal("", process.StandardError.ReadToEnd());
        }
    }

    /// <summary>How many trials there are, by their rows, of which the totals must be the sums.</summary>
    private long CheckedCount()
    {
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        string[] totals = [.. LedgerSandbox.Recomputed(reader).Select(LedgerSandbox.InWords)];
        Assert.Equal(totals, reader.ReadTotals().Select(LedgerSandbox.InWords));
        return reader.TrialCount;
    }
}
