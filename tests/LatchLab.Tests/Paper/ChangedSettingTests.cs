using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Training;
using Xunit;
using static LatchLab.Tests.Paper.TinyReproduction;

namespace LatchLab.Tests.Paper;

/// <summary><c>reproduce --set</c>: settings of the trials of Figure 4 and of the curriculum.</summary>
public sealed class ChangedSettingTests
{
    private static readonly IExperiment Figure4 = Find("figure-4");

    [Fact]
    public void A_changed_setting_replaces_that_of_every_trial_that_has_it()
    {
        SlowTests.SkipUnlessRequested();
        (string, string)[] changes = [("task.sequences", "10"), ("learner.damping", "0.5")];
        SweepPlan plain = ExperimentSweepPlan.Create(Figure4, Tiny, 7),
            changed = ExperimentSweepPlan.Create(Figure4, With(changes), 7);
        Assert.Equal(
            plain.Parts.SelectMany(part => part.Configurations).Select(configuration => Describe(
                ConfigurationSettings.GetSettings(configuration).Select(setting => (setting.Path, Array.Find(
                    changes, change => change.Item1 == setting.Path).Item2 ?? setting.Value)))),
            changed.Parts.SelectMany(part => part.Configurations).Select(configuration => Describe(
                ConfigurationSettings.GetSettings(configuration).Select(setting => (setting.Path, setting.Value)))));
        Assert.NotEqual(plain.TrialCount, plain.Parts.SelectMany(part => part.Configurations)
            .Intersect(changed.Parts.SelectMany(part => part.Configurations)).Count());
    }

    [Fact]
    public void Experiments_that_vary_other_settings_keep_theirs()
        => Assert.Equal(
            ExperimentSweepPlan.Create(Find("figure-2b"), Tiny, 7).Parts.SelectMany(part => part.Configurations),
            ExperimentSweepPlan.Create(Find("figure-2b"), With(("task.sequences", "10")), 7).Parts
                .SelectMany(part => part.Configurations));

    [Theory]
    [InlineData("task.sequence", "10", "is no setting of the trials of figure-4; did you mean \"task.sequences\"?")]
    [InlineData("task.length", "10", "figure-4 varies it itself: compared-length sets its lengths; " +
        "compared-budget, search-budget and key-annealing-budget set its budgets; for another value change the file " +
        "that latchlab run --print figure-4 prints, and run it")]
    [InlineData("task.sequences", "-1", "'-1' is not allowed: give a whole number from 2 to 10000")]
    public void A_change_that_no_trial_takes_is_an_error(string field, string value, string message)
        => Assert.Equal(
            [new("", field, message)], ReproductionRun.ValidateChanges(With((field, value)), [Figure4])
                .Select(error => error with { Location = "" }));

    [Fact]
    public void A_change_without_an_experiment_that_takes_it_is_an_error()
        => Assert.Equal(
            "only figure-4 and curriculum take such settings",
            Assert.Single(ReproductionRun.ValidateChanges(With(("task.sequences", "10")), [Find("figure-1a")]))
                .Message);

    [Fact]
    public void The_report_names_the_change_and_the_figures_show_it()
    {
        SlowTests.SkipUnlessRequested();
        ReproductionSettings settings = With(("task.sequences", "10"), ("learner.learning-rate", "0.25"));
        var run = new ReproductionRun(settings, [Figure4], 7);
        LatchLab.Figures.ReportPart part = Assert.Single(run.Analyze(
            [TrialRunner.Run(run.Plans[0].Sweeps, new(7, Threads: 2, LaneKind.Widest), null,
                TestContext.Current.CancellationToken)],
            "quick", cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(
            [("task.sequences", "10"), ("learner.learning-rate", "0.25")],
            part.Settings.Where(setting => setting.Source == "--set")
                .Select(setting => (setting.Name, setting.Value)));
        Assert.DoesNotContain(part.Settings, setting => setting.Name == "learning-rate");
        Assert.Contains("10 training sequences", part.Figures[0].Caption, StringComparison.Ordinal);
    }

    private static IExperiment Find(string id) => KnownExperiments.All.Single(known => known.Id == id);

    private static ReproductionSettings With(params (string Field, string Value)[] changes)
        => Tiny with { Changes = changes.ToDictionary(change => change.Field, change => change.Value) };

    private static string Describe(IEnumerable<(string Field, string Value)> settings) => string.Join(", ", settings);
}
