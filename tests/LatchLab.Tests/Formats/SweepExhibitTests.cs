using LatchLab.Experiments;
using LatchLab.Experiments.Catalogue;
using LatchLab.Formats;
using Xunit;

namespace LatchLab.Tests.Formats;

/// <summary>The file of a figure is the figure.</summary>
public class SweepExhibitTests
{
    private static readonly Dictionary<string, Fineness> _finenesses = new()
    {
        ["quick"] = Fineness.Quick,
        ["standard"] = Fineness.Standard,
        ["full"] = Fineness.Full,
    };

    public static TheoryData<string, string> All { get; } = new(
        from exhibit in KnownExhibits.All
        from fineness in _finenesses.Keys
        select (exhibit.Id, fineness));

    [Theory]
    [MemberData(nameof(All))]
    public void The_file_of_a_figure_has_exactly_its_cells_and_trials(string id, string fineness)
    {
        IExhibit exhibit = KnownExhibits.All.Single(known => known.Id == id);
        var study = new Study { Fineness = _finenesses[fineness] };
        IReadOnlyList<Sweep> sweeps = exhibit.Plan(study);
        if (sweeps.Count == 0)
        {
            InputError error = Assert.Single(
                Assert.Throws<InputException>(() => ExhibitFile.Text(exhibit, study, 7, "")).Errors);
            Assert.Equal(id, error.Field);
            Assert.StartsWith("has no trials", error.Problem, StringComparison.Ordinal);
            return;
        }

        SweepPlan plan = SweepFile.Parse(ExhibitFile.Text(exhibit, study, 7, "latchlab"), "figure.toml");
        Assert.Equal((id, 7UL), (plan.Name, plan.Seed));
        Assert.Equal(sweeps.Select(sweep => sweep.Trials), plan.Parts.Select(part => part.Trials));
        Assert.All(sweeps.Zip(plan.Parts), pair => Assert.Equal(pair.First.Cells, pair.Second.Cells));
    }

    [Fact]
    public void The_file_of_a_figure_is_short_and_speaks_for_itself()
    {
        string text = ExhibitFile.Text(
            KnownExhibits.All.Single(known => known.Id == "generality"),
            new Study { Fineness = Fineness.Quick },
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
