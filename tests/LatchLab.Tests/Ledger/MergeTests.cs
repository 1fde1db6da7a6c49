using LatchLab.Foundation;
using LatchLab.Ledger.Exports;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Merging;
using LatchLab.Ledger.Reading;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class MergeTests : IDisposable
{
    private static readonly SampleSweep Sweep = new(configurationCount: 5, trialsPerConfiguration: 40);

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(2, 64)]
    [InlineData(7, 64)]
    [InlineData(7, 3)] // more ledgers than are open at the same time
    public void Merged_shards_equal_an_uninterrupted_run_however_often_they_are_merged(int shards, int openTogether)
    {
        for (int i = shards; i >= 1; i--)
            _sandbox.Fill("shards", Sweep, new(i, shards));
        var options = new LedgerOptions { MaximumOpenLedgers = openTogether };
        for (int i = 0; i < 2; i++)
        {
            MergeResult result = LedgerMerge.Run(
                _sandbox.Below("out"), [_sandbox.Below("shards")], options, TestContext.Current.CancellationToken);
            Assert.Equal((shards, i == 0 ? 200 : 0), (result.SourceCount, result.AddedTrials));
            Assert.Equal((200, 0), (result.CompletedTrials, result.MissingTrials));
            Assert.Empty(result.MissingShards);
        }

        AssertEqualsUninterruptedRun("out");
        using LedgerReader reader = LedgerReader.Open(_sandbox.Below("out"));
        Assert.Equal(
            LedgerSandbox.Recomputed(reader).Select(LedgerSandbox.Format),
            reader.ReadTotals().Select(LedgerSandbox.Format));
        Assert.Equal(shards, reader.Sessions.Count);
        Assert.Equal(RunState.Finished, RunProgressFile.TryRead(reader.Folder)!.State);
    }

    [Fact]
    public void Shards_can_be_merged_into_their_own_folder()
    {
        _sandbox.Fill("a", Sweep, new(1, 2));
        _sandbox.Fill("a", Sweep, new(2, 2));
        Assert.Equal(200, _sandbox.Merge("a", "a").CompletedTrials);
        Assert.Equal(0, _sandbox.Merge("a", "a").AddedTrials);
        AssertEqualsUninterruptedRun("a");
    }

    [Fact]
    public void Missing_trials_are_reported_per_shard_and_added_by_the_next_merge()
    {
        _sandbox.Fill("a", Sweep, new(1, 3));
        using (TrialLedger half = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity with { Shard = new(3, 3) }))
            Sweep.AddTo(half, first: 0, step: 2);
        MergeResult first = _sandbox.Merge("out", "a");
        long ofSecond = new Shard(2, 3).CountTrials(Sweep.Identity.Configurations);
        Assert.Equal(new(new(2, 3), ofSecond, HasLedger: false), first.MissingShards[0]);
        Assert.Equal((new Shard(3, 3), true), (first.MissingShards[1].Shard, first.MissingShards[1].HasLedger));
        Assert.Equal(first.MissingTrials, first.MissingShards.Sum(shard => shard.MissingTrials));
        Assert.Equal(RunState.Interrupted, RunProgressFile.TryRead(_sandbox.Below("out"))!.State);

        _sandbox.Fill("a", Sweep, new(2, 3));
        _sandbox.Fill("a", Sweep, new(3, 3));
        Assert.Equal(first.MissingTrials, _sandbox.Merge("out", "a").AddedTrials);
        AssertEqualsUninterruptedRun("out");
    }

    [Fact]
    public void Overlapping_ledgers_are_merged_to_the_largest_number_of_trials()
    {
        _sandbox.Fill("a", new(configurationCount: 5, trialsPerConfiguration: 30));
        _sandbox.Fill("b", Sweep, new(1, 2));
        _sandbox.Fill("c", Sweep, new(2, 2));
        MergeResult result = _sandbox.Merge("a", "b", "c");
        Assert.Equal((2, 50, 200), (result.SourceCount, result.AddedTrials, result.CompletedTrials));
        AssertEqualsUninterruptedRun("a");
    }

    [Fact]
    public void A_shard_that_is_being_written_is_merged_up_to_its_current_state()
    {
        using TrialLedger running = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity with { Shard = new(1, 2) });
        Sweep.AddTo(running);
        running.Flush();
        Assert.Equal(running.Count, _sandbox.Merge("out", "a").AddedTrials);
    }

    [Fact]
    public void Different_sweeps_are_rejected_with_their_differences_and_nothing_is_written()
    {
        string first = _sandbox.Fill("a", Sweep, new(1, 2)), second = _sandbox.Below("b");
        TrialLedger.Open(second, Sweep.Identity with { Seed = 8, Program = "0.0.1" }).Dispose();
        ValidationException exception = Assert.Throws<ValidationException>(
            () => _sandbox.Merge("out", "a", "b"));
        Assert.Equal(
            [
                $"{second}: program: is {ProgramVersion.Text} in {first} and 0.0.1 in {second}",
                $"{second}: seed: is 7 in {first} and 8 in {second}",
            ],
            exception.Errors.Select(error => error.ToString()));
        Assert.False(Directory.Exists(_sandbox.Below("out")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Contradictory_ledgers_are_rejected(bool isMerged)
    {
        _sandbox.Fill("a", Sweep);
        using (TrialLedger contradictory = TrialLedger.Open(_sandbox.Below("b"), Sweep.Identity))
            contradictory.Add(3, 9, SampleSweep.CreateOutcome(3, 9) with { Presentations = -1 },
                [1.0], []);
        ValidationException exception = Assert.Throws<ValidationException>(
            () => isMerged ? _sandbox.Merge("a", "b") : _sandbox.Merge("out", "a", "b"));
        Assert.StartsWith(
            $"differs in trial 9 of configuration 3 from {_sandbox.Below("a")}",
            Assert.Single(exception.Errors).Message,
            StringComparison.Ordinal);
        AssertEqualsUninterruptedRun("a");
    }

    [Fact]
    public void A_log_that_differs_is_a_contradiction_too()
    {
        _sandbox.Fill("a", Sweep);
        using (TrialLedger other = TrialLedger.Open(_sandbox.Below("b"), Sweep.Identity))
            other.Add(0, 1, SampleSweep.CreateOutcome(0, 1), [], []);
        Assert.Throws<ValidationException>(() => _sandbox.Merge("a", "b"));
    }

    [Fact]
    public void Folders_without_ledgers_are_reported_at_once()
    {
        Directory.CreateDirectory(_sandbox.Below("empty"));
        ValidationException exception = Assert.Throws<ValidationException>(
            () => _sandbox.Merge("out", "empty", "none"));
        Assert.Equal(
            [
                $"{_sandbox.Below("empty")}: holds no ledger and no shards of one",
                $"{_sandbox.Below("none")}: holds no ledger and no shards of one",
            ],
            exception.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void A_cancelled_merge_keeps_its_progress_and_resumes()
    {
        _sandbox.Fill("a", Sweep, new(1, 2));
        _sandbox.Fill("a", Sweep, new(2, 2));
        using (TrialLedger begun = TrialLedger.Open(_sandbox.Below("out"), Sweep.Identity))
            Sweep.AddTo(begun, first: 0, step: 5);
        Assert.Throws<OperationCanceledException>(() => LedgerMerge.Run(
            _sandbox.Below("out"), [_sandbox.Below("a")], cancellation: new CancellationToken(canceled: true)));
        Assert.Equal(160, _sandbox.Merge("out", "a").AddedTrials);
        AssertEqualsUninterruptedRun("out");
    }

    private void AssertEqualsUninterruptedRun(string name)
    {
        string folder = _sandbox.Fill("unbroken", Sweep);
        foreach (ExportFormat format in Enum.GetValues<ExportFormat>())
        {
            foreach (ExportedTable table in Enum.GetValues<ExportedTable>())
            {
                Assert.Equal(
                    LedgerSandbox.Export(folder, format, table),
                    LedgerSandbox.Export(_sandbox.Below(name), format, table));
            }
        }
    }
}
