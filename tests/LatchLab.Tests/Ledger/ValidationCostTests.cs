using System.Text;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Sqlite;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

/// <summary>The cost of the validation of a trial, which format 3 of the ledger adds to format 2.</summary>
public sealed class ValidationCostTests : IDisposable
{
    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void It_is_exported_if_a_configuration_has_validations()
    {
        var sample = new SampleSweep(configurationCount: 2, trialsPerConfiguration: 2);
        LedgerConfiguration first = sample.Identity.Configurations[0];
        LedgerIdentity identity = sample.Identity with
        {
            Configurations =
            [
                first with { Settings = [.. first.Settings, ("rule.rule", "validation")] },
                sample.Identity.Configurations[1],
            ],
        };
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), identity))
        {
            ledger.Add(0, 0, new(StopReason.Converged, 1, 2, 0.5)
            {
                ValidationCost = 1.0 / 3.0,
                Diagnostics = new(0.0, 0.0),
            }, [], []);
            ledger.Add(1, 0, new(StopReason.Converged, 1, 2, 0.5), [0.0], []);
            ledger.Complete();
        }

        string[] lines = Encoding.UTF8.GetString(LedgerSandbox.Export(_sandbox.Below("a"))).Split('\n');
        Assert.EndsWith(",skipped_presentations,validation_cost,stage,damping", lines[0], StringComparison.Ordinal);
        Assert.Equal(["0.3333333333333333", ""], lines[1..3].Select(line => line.Split(',')[^3]));
        string without = Encoding.UTF8.GetString(LedgerSandbox.Export(_sandbox.Fill("b", sample)));
        Assert.DoesNotContain("validation_cost", without, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_of_format_2_is_read_merged_and_continued()
    {
        var sweep = new SampleSweep(configurationCount: 3, trialsPerConfiguration: 4);
        string folder = _sandbox.Fill("a", sweep), exported = LedgerSandbox.ExportAllTables(folder);
        using (SqliteDatabase database = SqliteDatabase.OpenForWriting(_sandbox.Below("a/ledger.sqlite"), default))
            database.Execute("ALTER TABLE trials DROP COLUMN validation_cost; PRAGMA user_version = 2");
        Assert.All(ReadCosts(folder), cost => Assert.Equal(double.NaN, cost));
        Assert.Equal(exported, LedgerSandbox.ExportAllTables(folder));
        _sandbox.Merge("merged", "a");
        Assert.Equal(exported, LedgerSandbox.ExportAllTables(_sandbox.Below("merged")));

        var longer = new SampleSweep(configurationCount: 3, trialsPerConfiguration: 5);
        _sandbox.Fill("a", longer);
        double[] costs = ReadCosts(folder);
        Assert.Equal(15, costs.Length);
        Assert.All(costs.Index(), entry => Assert.Equal(
            entry.Index % 5 == 4 ? SampleSweep.CreateOutcome(0, 4).ValidationCost : double.NaN, entry.Item));
        Assert.Equal(LedgerSandbox.ExportAllTables(_sandbox.Fill("new", longer)),
            LedgerSandbox.ExportAllTables(folder));
    }

    private static double[] ReadCosts(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        return [.. ledger.ReadTrials().Select(trial => trial.Outcome.ValidationCost)];
    }
}
