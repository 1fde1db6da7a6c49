using LatchLab.Tests.Contracts;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Training;

/// <summary>The estimate of the time of a run.</summary>
public sealed class RunProgressTests
{
    private const int Budget = 100;

    private static readonly TimeSpan Unit = TimeSpan.FromSeconds(1.0);

    private static readonly TrainingConfiguration Short = Create(length: 10), Long = Create(length: 20);

    [Fact]
    public void Trials_that_are_left_need_what_the_completed_ones_of_their_configuration_needed()
    {
        var progress = RunProgress.Create([(Short, 10L), (Long, 4L)]);
        for (int trial = 0; trial < 2; trial++)
        {
            progress.AddCompletedTrial(Short, Use(0.5));
            progress.AddCompletedTrial(Long, Use(0.25));
        }

        // Trials of a configuration agree, so nothing is uncertain but the speed.
        double work = (10 * 0.5 * Short.ExpectedWork) + (4 * 0.25 * Long.ExpectedWork);
        TimeRange range = progress.EstimateDuration(Unit, 3.0 * Unit, trialCount: 14);
        Assert.Equal(work, range.Least.TotalSeconds, 1e-6);
        Assert.Equal(3.0 * work, range.Most.TotalSeconds, 1e-6);
        Assert.Equal(0.5 * work, progress.EstimateDuration(Unit, Unit, trialCount: 7).Most.TotalSeconds, 1e-6);
        Assert.Equal(4, progress.CompletedTrials);
    }

    [Fact]
    public void A_configuration_without_completed_trials_is_assumed_to_use_the_same_share_of_its_budget()
    {
        var progress = RunProgress.Create([(Short, 4L), (Long, 1L)]);
        for (int trial = 0; trial < 4; trial++)
            progress.AddCompletedTrial(Short, Use(0.5));
        double known = 4 * 0.5 * Short.ExpectedWork, unknown = 0.5 * Long.ExpectedWork;
        TimeRange range = progress.EstimateDuration(Unit, Unit, trialCount: 5);

        // The standard deviation of a single unknown trial is its mean, and that of the mean as well: √2 in all.
        Assert.Equal(known + (unknown * (1.0 + (2.0 * Math.Sqrt(2.0)))), range.Most.TotalSeconds, 1e-6);
        Assert.Equal(Math.Max(0.0, known + (unknown * (1.0 - (2.0 * Math.Sqrt(2.0))))), range.Least.TotalSeconds, 1e-6);
    }

    [Fact]
    public void The_range_narrows_as_trials_of_different_duration_complete()
    {
        var progress = RunProgress.Create([(Short, 1000L)]);
        double previous = double.PositiveInfinity;
        for (int trial = 0; trial < 512; trial++)
        {
            progress.AddCompletedTrial(Short, Use(trial % 2 == 0 ? 0.2 : 0.4));
            if (trial is not (7 or 63 or 511))
                continue;
            TimeRange range = progress.EstimateDuration(Unit, Unit, trialCount: 1000);
            Assert.InRange(300.0 * Short.ExpectedWork, range.Least.TotalSeconds, range.Most.TotalSeconds);
            double width = (range.Most - range.Least).TotalSeconds;
            Assert.True(width < previous);
            previous = width;
        }
    }

    [Fact]
    public void The_last_trials_may_take_as_long_as_the_longest_of_their_configuration_so_far()
    {
        var progress = RunProgress.Create([(Short, 3L)]);
        progress.AddCompletedTrial(Short, Use(0.1));
        progress.AddCompletedTrial(Short, Use(0.9));

        // Both trials, of 100 presentations in all, ran for 200 s: the longest for 180 s. The last has just begun.
        progress.Monitor.Report(
            progress.Monitor.Register(), new(0.0, 3, 1, (long)Budget, 0, TrialSeconds: 200.0));
        TimeRange left = progress.TimeLeft!.Value;
        Assert.True(left.Most >= TimeSpan.FromSeconds(179.0), $"{left}");
        Assert.True(left.Least < left.Most);
    }

    [Fact]
    public void Without_completed_trials_there_is_no_estimate()
        => Assert.Null(RunProgress.Create([(Short, 3L)]).TimeLeft);

    private static TrainingConfiguration Create(int length)
        => ContractConfigurations.Of("latch", "back-propagation", length)[0] with
        {
            Limits = new() { Presentations = Budget },
        };

    private static Outcome Use(double shareOfBudget)
        => new(StopReason.Converged, (int)Math.Round(shareOfBudget * Budget), 0, 0.0);
}
