using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.Models.Datasets;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Tests.Architecture;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>
/// A ledger of format 1: the SQL text of one that version 0.1 wrote for Expectations/ledger-format-1.toml. Its learners
/// have damping, temperatures and stages.
/// </summary>
public sealed class FormerLedgerTests : IDisposable
{
    private readonly LedgerSandbox _sandbox = new();

    public FormerLedgerTests()
    {
        Directory.CreateDirectory(_sandbox.Below("old"));
        using var database = SqliteDatabase.OpenForWriting(
            Path.Combine(_sandbox.Below("old"), LedgerFolder.LedgerFileName), default);
        database.Execute(File.ReadAllText(Expectation("ledger-format-1.sql")));
        database.Execute("PRAGMA application_id = 0x4C617463; PRAGMA user_version = 1");
    }

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Its_exports_are_those_of_version_0_1()
        => Assert.Equal(
            File.ReadAllText(Expectation("ledger-format-1.csv")),
            LedgerSandbox.ExportAllTables(_sandbox.Below("old")));

    [Fact]
    public void It_is_not_continued()
    {
        byte[] before = File.ReadAllBytes(_sandbox.Below("old/ledger.sqlite"));
        AssertNotContinued("old", "is 1, and only formats from 2 on can be continued; it can be reported, exported " +
            "and merged");
        Assert.Equal(before, File.ReadAllBytes(_sandbox.Below("old/ledger.sqlite")));
    }

    [Fact]
    public void A_merge_copies_it_to_the_current_format_where_its_random_streams_remain()
    {
        Assert.Equal(16, _sandbox.Merge("new", "old").CompletedTrials);
        Assert.Equal(LedgerSandbox.ExportAllTables(_sandbox.Below("old")),
            LedgerSandbox.ExportAllTables(_sandbox.Below("new")));
        AssertNotContinued("new", "version 1 in the ledger and 2 now, which give other trials: the ledger can be " +
            "reported, exported and merged, but not continued; name another folder");
    }

    [Fact]
    public void Its_totals_are_those_of_its_trials()
    {
        using LedgerReader ledger = LedgerReader.Open(_sandbox.Below("old"));
        foreach ((OutcomeTotals stored, OutcomeTotals expected) in
            ledger.ReadTotals().Zip(LedgerSandbox.Recomputed(ledger)))
            Assert.Equal(LedgerSandbox.Format(expected), LedgerSandbox.Format(stored));
    }

    private void AssertNotContinued(string folder, string expectedMessage)
    {
        SweepPlan plan = SweepFile.Read(Expectation("ledger-format-1.toml"), new DatasetFileSource());
        var run = new LedgerRun(plan, "", new(plan.Seed, Threads: 1, LaneKind.Widest), Shard.Whole);
        ValidationException exception = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below(folder), run.Identity));
        Assert.Equal(expectedMessage, Assert.Single(exception.Errors).Message);
    }

    private static string Expectation(string name)
        => Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Expectations", name);
}
