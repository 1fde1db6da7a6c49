using System.Text.Json;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class TrialLedgerTests : IDisposable
{
    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_digest_of_an_identity_differs_wherever_a_ledger_is_not_continued()
    {
        LedgerIdentity identity = new SampleSweep(2, 5).Identity;
        LedgerConfiguration first = identity.Configurations[0];
        Assert.Matches("^[0-9a-f]{16}$", identity.Digest);
        Assert.Equal(identity.Digest, (identity with { Name = "other", SweepText = "", Shard = new(1, 2) }).Digest);
        LedgerIdentity[] others =
        [
            identity with { Seed = 8 }, identity with { LoggedTrials = 1 }, identity with { Program = "0.0.1" },
            identity with { RandomStreams = "0" }, identity with { DataFiles = [("data.csv", "ab13")] },
            .. new[]
            {
                first with { Trials = 6 }, first with { StoredParameters = 1 }, first with { Sequences = 21 },
                first with { TestSequences = 201 }, first with { Part = "odd" },
                first with { Settings = [.. first.Settings.Skip(1)] },
            }.Select(configuration => identity with { Configurations = [configuration, identity.Configurations[1]] }),
        ];
        Assert.Equal(others.Length + 1, others.Append(identity).Select(other => other.Digest).Distinct().Count());
    }

    [Fact]
    public void Added_trials_are_read_back_in_key_order()
    {
        var sweep = new SampleSweep(configurationCount: 5, trialsPerConfiguration: 70);
        using LedgerReader ledger = LedgerReader.Open(_sandbox.Fill("a", sweep));
        LedgerTrial[] trials = [.. from configuration in Enumerable.Range(0, 5)
                                   from trial in Enumerable.Range(0, 70)
                                   select new LedgerTrial(configuration, trial,
                                       SampleSweep.CreateOutcome(configuration, trial),
                                       ((double[])[1.0 / (trial + 1), double.NaN])[..(configuration % 3)])];
        LedgerTrial[] read = [.. ledger.ReadTrials()];
        Assert.Equal(trials.Select(WithoutParameters), read.Select(WithoutParameters));
        Assert.Equal(trials.Select(trial => trial.Parameters), read.Select(trial => trial.Parameters));
        LedgerSnapshot[] checks = [.. from trial in trials
                                   from check in sweep.CreateSnapshots(trial.ConfigurationIndex, trial.Trial).Index()
                                   select new LedgerSnapshot(trial.ConfigurationIndex, trial.Trial, check.Index,
                                       check.Item)];
        Assert.Equal(checks, ledger.ReadSnapshots());
        Assert.Equal(5 * (1 + 2 + 3), checks.Length);
        Assert.Equal(350, ledger.TrialCount);
    }

    [Fact]
    public void The_identity_of_a_ledger_reads_back()
    {
        LedgerIdentity identity = new SampleSweep(configurationCount: 4, trialsPerConfiguration: 2).Identity
            with
        { Shard = new(2, 3) };
        TrialLedger.Open(_sandbox.Below("a"), identity).Dispose();
        using LedgerReader ledger = LedgerReader.Open(_sandbox.Below("a/shard-2-of-3"));
        Assert.Equal(identity.Configurations.Select(Format), ledger.Identity.Configurations.Select(Format));
        LedgerIdentity read = ledger.Identity;
        Assert.Equal(WithoutLists(identity), WithoutLists(read));
        Assert.Equal(JsonSerializer.Serialize(identity.Layout), JsonSerializer.Serialize(read.Layout));
        Assert.Equal(identity.DataFiles, ledger.Identity.DataFiles);
        LedgerSession session = Assert.Single(ledger.Sessions);
        Assert.Equal((Environment.ProcessId, "2/3"), (session.Process, session.Shard));
    }

    [Fact]
    public void Non_finite_numbers_are_stored_as_missing_and_negative_zero_as_zero()
    {
        var identity = new SampleSweep(configurationCount: 1, trialsPerConfiguration: 2).Identity;
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), identity))
        {
            ledger.Add(0, 0, new(StopReason.Converged, 1, 2, -0.0)
            {
                TestCost = double.PositiveInfinity,
                Diagnostics = new(0.0, 0.0),
            }, [], []);
            ledger.Add(0, 1, new(StopReason.Stuck, 1, 2, double.NegativeInfinity)
            {
                Diagnostics = new(-0.0, double.Epsilon),
            }, [], []);
            ledger.Complete();
        }

        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        Outcome[] read = [.. reader.ReadTrials().Select(trial => trial.Outcome)];
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(read[0].Cost));
        Assert.Equal(
            (double.NaN, double.NaN, double.Epsilon), (read[0].TestCost, read[1].Cost, read[1].Diagnostics[1]));
        Assert.Equal(0, reader.ReadTotals()[0].TestCost.TotalCount);
    }

    [Fact]
    public void A_ledger_resumes_where_it_stopped()
    {
        var sweep = new SampleSweep(configurationCount: 3, trialsPerConfiguration: 50);
        using (TrialLedger first = TrialLedger.Open(_sandbox.Below("a"), sweep.Identity))
        {
            Assert.False(first.Contains(2, 49));
            sweep.AddTo(first, first: 1, step: 3);
        }

        using (TrialLedger second = TrialLedger.Open(_sandbox.Below("a"), sweep.Identity))
        {
            Assert.Equal(50, second.Count);
            Assert.Equal(50, Enumerable.Range(0, 150).Count(n => second.Contains(n / 50, n % 50)));
            sweep.AddTo(second);
            Assert.Equal(150, second.Count);
            second.Complete();
        }

        Assert.Equal(
            LedgerSandbox.ExportAllTables(_sandbox.Fill("b", sweep)),
            LedgerSandbox.ExportAllTables(_sandbox.Below("a")));
    }

    [Fact]
    public void A_stored_trial_is_not_added_again()
    {
        var sweep = new SampleSweep(configurationCount: 1, trialsPerConfiguration: 5);
        _sandbox.Fill("a", sweep);
        using TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), sweep.Identity);
        Assert.Throws<ArgumentException>(() => ledger.Add(0, 4, SampleSweep.CreateOutcome(0, 4), [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Add(0, 5, SampleSweep.CreateOutcome(0, 5), [], []));
    }

    [Fact]
    public void There_may_be_more_trials_than_before()
    {
        _sandbox.Fill("a", new SampleSweep(configurationCount: 3, trialsPerConfiguration: 20));
        var larger = new SampleSweep(configurationCount: 3, trialsPerConfiguration: 90);
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), larger.Identity))
            Assert.Equal((60, true, false), (ledger.Count, ledger.Contains(1, 19), ledger.Contains(1, 20)));
        _sandbox.Fill("a", larger);
        Assert.Equal(
            LedgerSandbox.ExportAllTables(_sandbox.Fill("b", larger)),
            LedgerSandbox.ExportAllTables(_sandbox.Below("a")));
    }

    [Fact]
    public void Totals_equal_the_sums_of_the_rows_in_any_order()
    {
        var sweep = new SampleSweep(configurationCount: 6, trialsPerConfiguration: 400);
        LedgerIdentity identity = sweep.Identity;
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), identity, new() { MaximumBatchRows = 100 }))
        {
            Parallel.For(0, 4, thread => sweep.AddTo(ledger, first: thread, step: 4));
            ledger.Complete();
        }

        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        Assert.Equal(
            LedgerSandbox.Recomputed(reader).Select(LedgerSandbox.Format),
            reader.ReadTotals().Select(LedgerSandbox.Format));
        string folder = _sandbox.Fill("b", sweep);
        foreach (ExportFormat format in Enum.GetValues<ExportFormat>())
            Assert.Equal(LedgerSandbox.Export(folder, format), LedgerSandbox.Export(reader.Folder, format));
    }

    [Fact]
    public void A_reader_sees_a_consistent_snapshot_during_writing()
    {
        var sweep = new SampleSweep(configurationCount: 2, trialsPerConfiguration: 300);
        using TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), sweep.Identity);
        sweep.AddTo(ledger, first: 0, step: 2);
        ledger.Flush();
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("a"));
        sweep.AddTo(ledger);
        ledger.Flush();
        Assert.Equal((300, 300), (reader.TrialCount, reader.ReadTrials().Count()));
        using LedgerReader later = LedgerReader.Open(_sandbox.Below("a"));
        Assert.Equal((600, 600), (later.TrialCount, later.ReadTrials().Count()));
    }

    private static string Format(LedgerConfiguration configuration)
        => $"{configuration with { Settings = [], Diagnostics = [] }} {string.Join(' ', configuration.Settings)} " +
            string.Join(' ', configuration.Diagnostics);

    private static LedgerTrial WithoutParameters(LedgerTrial trial) => trial with { Parameters = [] };

    /// <summary>The identity without its lists, which compare by reference.</summary>
    private static LedgerIdentity WithoutLists(LedgerIdentity identity)
        => identity with { Configurations = [], DataFiles = [], Layout = new("", [], new()) };
}
