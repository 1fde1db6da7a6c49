using LatchLab.Ledger;
using LatchLab.LedgerWriter;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class StatusTests : IDisposable
{
    private static readonly SampleSweep Sweep = new(cells: 3, trials: 40);

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_run_says_that_it_runs_and_then_that_it_is_finished()
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity))
        {
            LedgerStatus running = Status("a");
            Assert.Equal(("sample", "running", 0L, 120L), (running.Name, running.State, running.Done, running.Planned));
            Sweep.AddTo(ledger);
            ledger.Complete();
        }

        LedgerStatus finished = Status("a");
        Assert.Equal(("finished", 120L), (finished.State, finished.Done));
        Assert.Equal(Diverged(Shard.Whole), finished.Failures);
        LedgerProgress progress = finished.Whole!.Progress;
        Assert.Equal((Environment.MachineName, Environment.ProcessId), (progress.Host, progress.Process));
    }

    [Fact]
    public void A_run_that_is_left_before_its_end_is_interrupted_and_one_that_failed_says_why()
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity))
            Sweep.AddTo(ledger, step: 2);
        Assert.Equal(("stopped", LedgerState.Interrupted), (Status("a").State, Status("a").Whole!.Progress.State));
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity))
            ledger.Fail("no memory");
        LedgerProgress progress = Status("a").Whole!.Progress;
        Assert.Equal((LedgerState.Failed, "no memory", 60L), (progress.State, progress.Message, progress.Done));
    }

    [Fact]
    public void Shards_are_summed_up_and_those_that_have_not_begun_are_named()
    {
        _sandbox.Fill("a", Sweep, new(2, 5));
        _sandbox.Fill("a", Sweep, new(4, 5));
        LedgerStatus status = Status("a");
        Assert.Equal([1, 3, 5], status.Missing);
        Assert.Equal(("stopped", 48L, 120L), (status.State, status.Done, status.Planned));
        Assert.Equal(Diverged(new(2, 5)) + Diverged(new(4, 5)), status.Failures);
        Assert.Equal(["shard-2-of-5", "shard-4-of-5"], status.Shards.Select(part => Path.GetFileName(part.Folder)));

        foreach (int number in status.Missing)
            _sandbox.Fill("a", Sweep, new(number, 5));
        _sandbox.Merge("a", "a");
        status = Status("a");
        Assert.Equal(("finished", 120L, 120L), (status.State, status.Done, status.Whole!.Progress.Done));
    }

    [Fact]
    public void A_run_that_has_not_been_heard_of_for_a_minute_was_probably_killed()
    {
        using TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity);
        DateTime updated = Status("a").Whole!.Progress.Updated!.Value;
        Assert.True(LedgerStatus.Of(_sandbox.Below("a"), updated.AddSeconds(60)).Whole!.IsRunning);
        LedgerStatus later = LedgerStatus.Of(_sandbox.Below("a"), updated.AddSeconds(61));
        Assert.Equal(("stopped", true, false), (later.State, later.Whole!.IsStale, later.Whole.IsRunning));
    }

    [Fact]
    public void The_time_left_is_that_of_the_slowest_shard_that_runs()
    {
        DateTime now = DateTime.UtcNow;
        Write("a/shard-1-of-3", LedgerState.Running, new(1, 3), done: 10, rate: 2.0, now); // 15 seconds
        Write("a/shard-2-of-3", LedgerState.Running, new(2, 3), done: 30, rate: 0.5, now); // 20 seconds
        Write("a/shard-3-of-3", LedgerState.Interrupted, new(3, 3), done: 1, rate: 0.1, now);
        LedgerStatus status = LedgerStatus.Of(_sandbox.Below("a"), now);
        Assert.Equal((TimeSpan.FromSeconds(20), 2.5, "running"), (status.TimeLeft, status.Rate, status.State));
        Assert.Null(LedgerStatus.Of(_sandbox.Below("a"), now.AddHours(1)).TimeLeft);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"document\": \"latchlab-progress\"}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"document\": \"something else\", \"done\": 5}")]
    public void Without_a_progress_file_the_ledger_is_asked(string? text)
    {
        _sandbox.Fill("a", Sweep);
        string path = _sandbox.Below("a/progress.json");
        File.Delete(path);
        if (text is not null)
            File.WriteAllText(path, text);
        LedgerStatus status = Status("a");
        Assert.Equal(("finished", 120L, 120L), (status.State, status.Done, status.Planned));
        Assert.Equal(Diverged(Shard.Whole), status.Failures);
        Assert.Equal("there is no progress.json; counted in the ledger", status.Whole!.Progress.Message);
    }

    [Fact]
    public void A_folder_without_a_ledger_is_refused()
        => Assert.Equal(
            "holds no ledger and no shards of one",
            Assert.Single(Assert.Throws<InputException>(() => Status("nowhere")).Errors).Problem);

    private static long Diverged(Shard shard)
        => (from cell in Enumerable.Range(0, Sweep.Cells)
            from trial in Enumerable.Range(0, Sweep.Trials)
            where shard.Holds(cell, trial)
            select SampleSweep.OutcomeOf(cell, trial).Ending)
            .LongCount(ending => ending == LatchLab.Experiments.Ending.Diverged);

    private LedgerStatus Status(string name) => LedgerStatus.Of(_sandbox.Below(name), DateTime.UtcNow);

    private void Write(string name, LedgerState state, Shard shard, long done, double rate, DateTime now)
    {
        Directory.CreateDirectory(_sandbox.Below(name));
        new LedgerProgress
        {
            Name = "made up",
            State = state,
            Shard = shard,
            Done = done,
            Planned = 40,
            PlannedInAll = 120,
            Failures = 0,
            Rate = rate,
            Updated = now,
        }.Write(_sandbox.Below(name));
    }
}
