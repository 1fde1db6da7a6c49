using LatchLab.Foundation;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Paper;

/// <summary>The exported sweep file of an experiment contains exactly its trials.</summary>
public class ExperimentSweepFileTests
{
    private static readonly Dictionary<string, Resolution> Resolutions = new()
    {
        ["quick"] = Resolution.Quick,
        ["standard"] = Resolution.Standard,
        ["full"] = Resolution.Full,
    };

    public static TheoryData<string, string> All { get; } = new(
        from experiment in KnownExperiments.All
        from resolution in Resolutions.Keys
        select (experiment.Id, resolution));

    [Theory]
    [MemberData(nameof(All))]
    public void The_file_of_an_experiment_has_exactly_its_configurations_and_trials(string id, string resolution)
    {
        IExperiment experiment = KnownExperiments.All.Single(known => known.Id == id);
        var settings = new ReproductionSettings { Resolution = Resolutions[resolution] };
        IReadOnlyList<Sweep> sweeps = experiment.Plan(settings);
        if (sweeps.Count == 0)
        {
            ValidationError error = Assert.Single(
                Assert.Throws<ValidationException>(() => ExperimentSweepFile.Serialize(experiment, settings, 7, ""))
                    .Errors);
            Assert.Equal(id, error.Field);
            Assert.StartsWith("has no trials", error.Message, StringComparison.Ordinal);
            return;
        }

        SweepPlan plan =
            SweepFile.Parse(ExperimentSweepFile.Serialize(experiment, settings, 7, "latchlab"), "figure.toml");
        Assert.Equal((experiment.Title, 7UL), (plan.Name, plan.Seed));
        Assert.Equal(sweeps.Select(sweep => sweep.TrialsPerConfiguration),
            plan.Parts.Select(part => part.TrialsPerConfiguration));
        Assert.All(sweeps.Zip(plan.Parts), pair => Assert.Equal(pair.First.Configurations, pair.Second.Configurations));
    }

    [Fact]
    public void The_file_of_an_experiment_is_short_and_self_explanatory()
    {
        string text = ExperimentSweepFile.Serialize(
            KnownExperiments.All.Single(known => known.Id == "generality"),
            new ReproductionSettings { Resolution = Resolution.Quick },
            seed: 1994,
            "latchlab reproduce --only generality --profile quick");
        Assert.Equal(
            """
            # Beyond the paper's systems (generality)
            #
            # Printed with the 4 parts, 10 configurations and 66 trials of
            # "latchlab reproduce --only generality --profile quick".
            # An edited file runs what its settings say; omitted ones have their defaults, see
            # docs/reference/sweep-files.md.
            #
            name = "Beyond the paper's systems"
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
            task.name = "keep"
            task.inputs = 1
            task.noise = 0
            task.shortest-share = 1

            """,
            text);
    }
}
