using LatchLab.Foundation;
using LatchLab.Ledger.Folders;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Progress;
using LatchLab.Ledger.Writing;
using LatchLab.LedgerWriter;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Ledger;

public sealed class StatusTests : IDisposable
{
    private static readonly SampleSweep Sweep = new(configurationCount: 3, trialsPerConfiguration: 40);

    private readonly LedgerSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_run_is_reported_as_running_and_then_as_finished()
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity))
        {
            SweepStatus running = Status("a");
            Assert.Equal(("sample", "running", 0L, 120L),
                (running.Name, running.State, running.CompletedTrials, running.PlannedTrials));
            Sweep.AddTo(ledger);
            ledger.Complete();
        }

        SweepStatus finished = Status("a");
        Assert.Equal(("finished", 120L), (finished.State, finished.CompletedTrials));
        Assert.Equal(CountDiverged(Shard.Whole), finished.DivergedTrials);
        RunProgressFile progress = finished.Whole!.Progress;
        Assert.Equal((Environment.MachineName, Environment.ProcessId), (progress.Host, progress.Process));
    }

    [Fact]
    public void An_incomplete_run_is_interrupted_and_a_failed_run_reports_the_reason()
    {
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity))
            Sweep.AddTo(ledger, step: 2);
        Assert.Equal(("stopped", RunState.Interrupted), (Status("a").State, Status("a").Whole!.Progress.State));
        using (TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity))
            ledger.SetFailure("no memory");
        RunProgressFile progress = Status("a").Whole!.Progress;
        Assert.Equal((RunState.Failed, "no memory", 60L), (progress.State, progress.Message, progress.CompletedTrials));
    }

    [Fact]
    public void Shards_are_summed_and_those_not_started_are_named()
    {
        _sandbox.Fill("a", Sweep, new(2, 5));
        _sandbox.Fill("a", Sweep, new(4, 5));
        SweepStatus status = Status("a");
        Assert.Equal([1, 3, 5], status.MissingShards);
        Assert.Equal(("stopped", 48L, 120L), (status.State, status.CompletedTrials, status.PlannedTrials));
        Assert.Equal(CountDiverged(new(2, 5)) + CountDiverged(new(4, 5)), status.DivergedTrials);
        Assert.Equal(["shard-2-of-5", "shard-4-of-5"], status.Shards.Select(part => Path.GetFileName(part.Folder)));

        foreach (int number in status.MissingShards)
            _sandbox.Fill("a", Sweep, new(number, 5));
        _sandbox.Merge("a", "a");
        status = Status("a");
        Assert.Equal(("finished", 120L, 120L),
            (status.State, status.CompletedTrials, status.Whole!.Progress.CompletedTrials));
    }

    [Fact]
    public void A_run_without_an_update_for_a_minute_was_probably_killed()
    {
        using TrialLedger ledger = TrialLedger.Open(_sandbox.Below("a"), Sweep.Identity);
        DateTime updated = Status("a").Whole!.Progress.Updated!.Value;
        Assert.True(SweepStatus.Load(_sandbox.Below("a"), updated.AddSeconds(60)).Whole!.IsRunning);
        SweepStatus later = SweepStatus.Load(_sandbox.Below("a"), updated.AddSeconds(61));
        Assert.Equal(("stopped", true, false), (later.State, later.Whole!.IsStale, later.Whole.IsRunning));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    public void A_run_whose_process_is_gone_from_this_machine_was_probably_killed(
        bool isThisMachine, bool isAlive, bool isRunning)
    {
        Directory.CreateDirectory(_sandbox.Below("a"));
        new RunProgressFile
        {
            Name = "",
            State = RunState.Running,
            Shard = Shard.Whole,
            CompletedTrials = 10,
            PlannedTrials = 40,
            TotalPlannedTrials = 40,
            DivergedTrials = 0,
            TrialsPerSecond = 1.0,
            Updated = DateTime.UtcNow,
            Host = isThisMachine ? Environment.MachineName : $"{Environment.MachineName}-2",
            Process = isAlive ? Environment.ProcessId : int.MaxValue, // beyond the largest of any system
        }.Write(_sandbox.Below("a"));
        Assert.Equal(isRunning, Status("a").Whole!.IsRunning);
    }

    [Fact]
    public void The_remaining_time_is_that_of_the_slowest_running_shard()
    {
        DateTime now = DateTime.UtcNow;
        Write("a/shard-1-of-3", RunState.Running, new(1, 3), done: 10, rate: 2.0, now, Range(12, 25));
        Write("a/shard-2-of-3", RunState.Running, new(2, 3), done: 30, rate: 0.5, now, Range(15, 20));
        Write("a/shard-3-of-3", RunState.Interrupted, new(3, 3), done: 1, rate: 0.1, now, Range(90, 95));
        SweepStatus status = SweepStatus.Load(_sandbox.Below("a"), now);
        Assert.Equal((Range(15, 25), 2.5, "running"), (status.TimeLeft, status.TrialsPerSecond, status.State));
        Assert.Null(SweepStatus.Load(_sandbox.Below("a"), now.AddHours(1)).TimeLeft);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"document\": \"latchlab-progress\"}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"document\": \"something else\", \"done\": 5}")]
    public void Without_a_progress_file_the_ledger_is_read(string? text)
    {
        _sandbox.Fill("a", Sweep);
        string path = _sandbox.Below("a/progress.json");
        File.Delete(path);
        if (text is not null)
            File.WriteAllText(path, text);
        SweepStatus status = Status("a");
        Assert.Equal(("finished", 120L, 120L), (status.State, status.CompletedTrials, status.PlannedTrials));
        Assert.Equal(CountDiverged(Shard.Whole), status.DivergedTrials);
        Assert.Equal("there is no progress.json; counted in the ledger", status.Whole!.Progress.Message);
    }

    [Fact]
    public void A_folder_without_a_ledger_is_rejected()
        => Assert.Equal(
            "holds no ledger and no shards of one",
            Assert.Single(Assert.Throws<ValidationException>(() => Status("nowhere")).Errors).Message);

    private static long CountDiverged(Shard shard)
        => (from configuration in Enumerable.Range(0, Sweep.ConfigurationCount)
            from trial in Enumerable.Range(0, Sweep.TrialsPerConfiguration)
            where shard.Contains(configuration, trial)
            select SampleSweep.CreateOutcome(configuration, trial).StopReason)
            .LongCount(ending => ending == StopReason.Diverged);

    private SweepStatus Status(string name) => SweepStatus.Load(_sandbox.Below(name), DateTime.UtcNow);

    private static TimeRange Range(double least, double most)
        => new(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    private void Write(
        string name, RunState state, Shard shard, long done, double rate, DateTime now, TimeRange timeLeft)
    {
        Directory.CreateDirectory(_sandbox.Below(name));
        new RunProgressFile
        {
            Name = "made up",
            State = state,
            Shard = shard,
            CompletedTrials = done,
            PlannedTrials = 40,
            TotalPlannedTrials = 120,
            DivergedTrials = 0,
            TrialsPerSecond = rate,
            TimeLeft = timeLeft,
            Updated = now,
        }.Write(_sandbox.Below(name));
    }
}
