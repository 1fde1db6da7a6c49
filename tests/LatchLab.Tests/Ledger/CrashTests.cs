using System.Diagnostics;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>A process that adds trials as fast as possible is killed repeatedly.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Examinations = 4, BatchRows = 100, Configurations = 20;

    // The phases that the process prints.
    private static readonly string[] Phases = ["opening", "adding", "open", "adding"];

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Repeated_kills_lose_and_duplicate_nothing()
    {
        SlowTests.SkipUnlessRequested();
        int kills = SlowTests.LedgerKills;
        var random = new Random(5); // determines when to kill; the state at that moment depends on the machine
        int trials = 1000, killed = 0;
        long count = 0;
        for (int start = 0; killed < kills; start++)
        {
            JournalMode journal = start % 3 == 2 ? JournalMode.Rollback : JournalMode.WriteAheadLog;
            if (!IsKilled(trials, journal, Phases[start % 4], TimeSpan.FromMilliseconds(random.Next(50))))
            {
                trials *= 2; // a fast machine needs more trials
            }
            else if (++killed % (kills / Examinations) == 0)
            {
                long now = CountAndVerify();
                Assert.InRange(now, count + 1, (long)Configurations * trials);
                count = now;
            }
        }

        var sweep = new SampleSweep(Configurations, trials);
        using (Process last = _sandbox.Start("a", sweep, 50_000, JournalMode.WriteAheadLog))
        {
            Assert.EndsWith("complete", last.StandardOutput.ReadToEnd().TrimEnd(), StringComparison.Ordinal);
            last.WaitForExit();
        }

        Assert.Equal(Configurations * trials, CountAndVerify());
        string folder = _sandbox.Fill("b", sweep);
        foreach (ExportedTable table in Enum.GetValues<ExportedTable>())
        {
            byte[] unbroken = LedgerSandbox.Export(folder, table: table);
            Assert.True(unbroken.AsSpan().SequenceEqual(LedgerSandbox.Export(_sandbox.Below("a"), table: table)));
        }
    }

    /// <summary>Starts a process and kills it some time after it has printed the given phase.</summary>
    /// <returns>False if the process completed the ledger first.</returns>
    private bool IsKilled(int trials, JournalMode journal, string phase, TimeSpan after)
    {
        using Process process = _sandbox.Start("a", new SampleSweep(Configurations, trials), BatchRows, journal);
        try
        {
            string? line = process.StandardOutput.ReadLine();
            while (line is not null && line != phase)
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

    /// <summary>The number of trials by their rows; the totals must equal their sums.</summary>
    private long CountAndVerify()
    {
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        string[] totals = [.. LedgerSandbox.Recomputed(reader).Select(LedgerSandbox.Format)];
        Assert.Equal(totals, reader.ReadTotals().Select(LedgerSandbox.Format));
        return reader.TrialCount;
    }
}
