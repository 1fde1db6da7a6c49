using System.Text;
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
    public void It_is_exported_like_the_same_run_in_the_current_format()
    {
        LedgerRun run = CreateRun();
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("new"), run.Identity))
        {
            LedgerRun.Run([(run, ledger)], LedgerRun.CreateProgress([(run, ledger)]),
                TestContext.Current.CancellationToken);
            ledger.Complete();
        }

        Assert.Equal(LedgerSandbox.ExportAllTables(_sandbox.Below("new")),
            LedgerSandbox.ExportAllTables(_sandbox.Below("old")));
        string trials = Encoding.UTF8.GetString(LedgerSandbox.Export(_sandbox.Below("old")));
        Assert.Contains(",damping,temperatures,stage\n", trials, StringComparison.Ordinal);
        Assert.Contains(",0.7600960114069166,,2\n", trials, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_not_continued_but_a_merge_copies_it_to_one_that_is()
    {
        LedgerIdentity identity = CreateRun().Identity;
        byte[] before = File.ReadAllBytes(_sandbox.Below("old/ledger.sqlite"));
        ValidationException exception = Assert.Throws<ValidationException>(
            () => TrialLedger.Open(_sandbox.Below("old"), identity));
        Assert.Equal(
            "is 1, and only format 2 can be continued: \"latchlab merge NEW OLD\" copies its trials to a new one",
            Assert.Single(exception.Errors).Message);
        Assert.Equal(before, File.ReadAllBytes(_sandbox.Below("old/ledger.sqlite")));

        Assert.Equal(16, _sandbox.Merge("new", "old").CompletedTrials);
        Assert.Equal(LedgerSandbox.ExportAllTables(_sandbox.Below("old")),
            LedgerSandbox.ExportAllTables(_sandbox.Below("new")));
        using TrialLedger continued = TrialLedger.Open(_sandbox.Below("new"), identity);
        Assert.Equal(16, continued.Count);
    }

    [Fact]
    public void Its_totals_are_those_of_its_trials()
    {
        using LedgerReader ledger = LedgerReader.Open(_sandbox.Below("old"));
        foreach ((OutcomeTotals stored, OutcomeTotals expected) in
            ledger.ReadTotals().Zip(LedgerSandbox.Recomputed(ledger)))
            Assert.Equal(LedgerSandbox.Format(expected), LedgerSandbox.Format(stored));
    }

    private static LedgerRun CreateRun()
    {
        SweepPlan plan = SweepFile.Read(Expectation("ledger-format-1.toml"), new CsvDatasetSource());
        return new(plan, "", new(plan.Seed, Threads: 2, LaneKind.Widest), Shard.Whole);
    }

    private static string Expectation(string name)
        => Path.Combine(Repository.Root, "tests", "LatchLab.Tests", "Expectations", name);
}
