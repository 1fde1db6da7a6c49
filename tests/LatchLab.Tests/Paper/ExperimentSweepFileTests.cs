using LatchLab.Foundation;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Paper;

/// <summary>The file of a figure is the figure.</summary>
public class ExperimentSweepFileTests
{
    private static readonly Dictionary<string, Resolution> Finenesses = new()
    {
        ["quick"] = Resolution.Quick,
        ["standard"] = Resolution.Standard,
        ["full"] = Resolution.Full,
    };

    public static TheoryData<string, string> All { get; } = new(
        from exhibit in KnownExperiments.All
        from fineness in Finenesses.Keys
        select (exhibit.Id, fineness));

    [Theory]
    [MemberData(nameof(All))]
    public void The_file_of_a_figure_has_exactly_its_cells_and_trials(string id, string fineness)
    {
        IExperiment exhibit = KnownExperiments.All.Single(known => known.Id == id);
        var study = new ReproductionSettings { Resolution = Finenesses[fineness] };
        IReadOnlyList<Sweep> sweeps = exhibit.Plan(study);
        if (sweeps.Count == 0)
        {
            ValidationError error = Assert.Single(
                Assert.Throws<ValidationException>(() => ExperimentSweepFile.Serialize(exhibit, study, 7, "")).Errors);
            Assert.Equal(id, error.Field);
            Assert.StartsWith("has no trials", error.Message, StringComparison.Ordinal);
            return;
        }

        SweepPlan plan = SweepFile.Parse(ExperimentSweepFile.Serialize(exhibit, study, 7, "latchlab"), "figure.toml");
        Assert.Equal((id, 7UL), (plan.Name, plan.Seed));
        Assert.Equal(sweeps.Select(sweep => sweep.TrialsPerConfiguration),
            plan.Parts.Select(part => part.TrialsPerConfiguration));
        Assert.All(sweeps.Zip(plan.Parts), pair => Assert.Equal(pair.First.Configurations, pair.Second.Configurations));
    }

    [Fact]
    public void The_file_of_a_figure_is_short_and_speaks_for_itself()
    {
        string text = ExperimentSweepFile.Serialize(
            KnownExperiments.All.Single(known => known.Id == "generality"),
            new ReproductionSettings { Resolution = Resolution.Quick },
            seed: 1994,
            "latchlab reproduce --only generality --profile quick");
        Assert.Equal(
            """
            # Beyond the paper's systems
            #
            # These are the trials of "latchlab reproduce --only generality --profile quick":
            # 4 parts, 10 cells, 66 trials. What is not said has its default; see docs/sweep-files.md.
            #
            name = "generality"
            trials = 6
            seed = 1994

            [learner]
            name = "back-propagation"
            learning-rate = 0.1

            [rule]
            presentations = 10000

            [[axes]]
            task.length = [5, 10, 20]

            [[parts]]
            name = "squared"
            task.name = "latch"

            [[parts]]
            name = "absolute"
            task.name = "latch"
            rule.criterion = "absolute"

            [[parts]]
            name = "cross-entropy"
            task.name = "latch"
            rule.criterion = "cross-entropy"

            [[parts]]
            name = "deep network"
            trials = 12
            axes = []
            task.name = "first-inputs"
            task.inputs = 1
            task.shortest-share = 1
            task.noise = 0

            """,
            text);
    }
}
