using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Sweeps.Reports;
using LatchLab.Tasks;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>The figures that a report derives from the axes of a sweep.</summary>
public sealed class SweepReportTests
{
    private static readonly SweepAxis Lengths = Axis("task.length", "5", "10", "20", "50");
    private static readonly SweepAxis Rates = Axis("learner.learning-rate", "0.01", "0.1", "1");
    private static readonly SweepAxis Learners = Axis("learner.name", "back-propagation", "pseudo-newton");
    private static readonly SweepAxis Weights = Axis("network.initial-weight", "0", "0.5", "1", "1.5", "2");
    private static readonly SweepAxis Noises = Axis("task.noise", "0", "0.1", "0.2", "0.3", "0.4", "0.5");

    [Fact]
    public void The_axis_with_most_numbers_is_horizontal_and_the_next_one_gives_the_curves()
    {
        Chart chart = Assert.IsType<Chart>(Success([Rates, Lengths]).Panels.Single());
        Assert.Equal(("length", false), (chart.X.Label, chart.X.IsLogarithmic));
        Assert.Equal(
            ["learning rate 0.01", "learning rate 0.1", "learning rate 1"], chart.Series.Select(series => series.Name));
        Assert.Equal([5.0, 10.0, 20.0, 50.0], chart.Series[0].Points.Select(point => point.X));
        Assert.Equal([0.0, 0.25, 0.5, 0.75], chart.Series[0].Points.Select(point => point.Y));
    }

    [Fact]
    public void The_remaining_axes_give_panels()
    {
        Figure figure = Success([Learners, Rates, Lengths]);
        Assert.Equal(["back-propagation", "pseudo-newton"], figure.Panels.Select(panel => panel.Title));
        Assert.Equal(3, ((Chart)figure.Panels[1]).Series.Count);
    }

    [Fact]
    public void Two_axes_of_many_numbers_give_a_heat_map()
    {
        HeatMap map = Assert.IsType<HeatMap>(Success([Weights, Noises]).Panels.Single());
        Assert.Equal(("initial weight", "noise"), (map.X.Label, map.Y.Label));
        Assert.Equal((6, 5), (map.Values.Count, map.Values[0].Count));
        Assert.Equal(Share(1 + (2 * 6)), map.Values[1][2]);
    }

    [Fact]
    public void The_file_can_assign_the_axes()
    {
        ReportOptions choice = new() { X = "learner.learning-rate", Series = "learner.name", Quantities = ["success"] };
        Report report = SweepReport.Create(Results([Learners, Rates, Lengths], choice));
        Figure figure = Assert.Single(report.Figures);
        Assert.Equal(["length 5", "length 10", "length 20", "length 50"], figure.Panels.Select(panel => panel.Title));
        Assert.Equal("learning rate", ((Chart)figure.Panels[0]).X.Label);
        Assert.IsType<HeatMap>(
            Success([Rates, Lengths], new() { X = "task.length", Y = "learner.learning-rate" }).Panels.Single());
    }

    [Fact]
    public void A_series_beside_a_heat_map_has_a_panel_for_each_value()
    {
        ReportOptions choice = new() { X = "task.length", Y = "learner.learning-rate", Series = "learner.name" };
        Figure figure = Success([Learners, Rates, Lengths], choice);
        Assert.Equal(Learners.Values.Select(value => value[0]), figure.Panels.Select(panel => panel.Title));
        Assert.All(figure.Panels, panel => Assert.IsType<HeatMap>(panel));
    }

    [Fact]
    public void Values_of_unfinished_configurations_are_said_to_be_biased()
    {
        SweepResults complete = Results([Learners], new());
        PartLayout part = complete.Layout.Parts[0];
        SweepResults incomplete = complete with
        {
            Layout = complete.Layout with
            {
                Parts = [part with { TrialsPerConfiguration = part.TrialsPerConfiguration + 1 }],
            },
        };
        Assert.Empty(complete.DescribeIncomplete());
        Assert.Contains("biased", incomplete.DescribeIncomplete(), StringComparison.Ordinal);
        Assert.Contains(
            incomplete.DescribeIncomplete(), SweepReport.Create(incomplete).Summary[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_axes_or_no_axes_give_a_table()
    {
        Report report = SweepReport.Create(Results([Learners], new()));
        Assert.Empty(report.Figures);
        Assert.Equal(2, report.Sections.Single().Table!.Rows.Count);
        Assert.Equal("0.250 [0.046, 0.699]", report.Sections.Single().Table!.Rows[1][3]);
        Assert.Single(SweepReport.Create(Results([], new())).Sections.Single().Table!.Rows);
    }

    [Fact]
    public void Fields_that_change_together_are_one_axis_named_after_its_first_numeric_field()
    {
        var zipped = new SweepAxis(
            ["learner.name", "task.length"], [["back-propagation", "5"], ["pseudo-newton", "10"]]);
        Assert.Equal("length", ((Chart)Success([zipped]).Panels.Single()).X.Label);
    }

    [Fact]
    public void Common_settings_are_in_the_report_and_the_others_in_the_table()
    {
        Report report = SweepReport.Create(Results([Lengths], new()));
        Assert.Equal(["trials"], report.Settings.Select(setting => setting.Name));
        Assert.Equal(["configuration", "length"], report.Sections.Single().Table!.Headings.Take(2));
    }

    [Fact]
    public void Settings_that_parts_do_not_share_are_listed_for_each_part()
    {
        SweepPlan plan = SweepFile.Parse(
            """
            trials = 1
            task.name = "latch"
            rule.presentations = 100
            [[axes]]
            task.length = [5, 10]
            [[parts]]
            name = "A"
            learner.name = "back-propagation"
            network.initial-range = 2
            [[parts]]
            name = "B"
            learner.name = "random-guessing"
            """, "s.toml");
        Report report = SweepReport.Create(new(plan.Layout, [.. plan.Parts.SelectMany(part => part.Configurations)
            .Select(configuration => new ConfigurationResult(
                [.. ConfigurationSettings.GetSettings(configuration).Select(
                    setting => (setting.Path, setting.Value))],
                OutcomeSummary.Create(configuration, [])) { ChanceError = configuration.ChanceError })]));
        Assert.Equal(
            ["task.name = latch", "rule.presentations = 100"],
            report.Settings.Where(setting => setting.IsChanged)
                .Select(setting => $"{setting.Group}.{setting.Name} = {setting.Value}"));
        Assert.Equal(
            [
                ["A", "network.initial-range = 2, learner.name = back-propagation"],
                ["B", "learner.name = random-guessing"],
            ],
            report.Sections.Single(section => section.Id == "parts").Table!.Rows);
        Assert.Contains(
            "Chance level: an error of 0.5, that of always giving the most frequent class.",
            report.Sections.Single(section => section.Id == "configurations").Paragraphs);
    }

    [Fact]
    public void Where_nothing_converges_one_sentence_says_so_with_the_training_errors()
    {
        SweepResults some = Results([Weights], new());
        TrainingConfiguration configuration = TrainingConfigurationFactory.CreateDefault(
            new LatchTask { Length = 10, Sequences = 10 }, new Backpropagation());
        SweepResults none = some with
        {
            Configurations =
            [
                .. some.Configurations.Select((result, index) => result with
                {
                    Summary = OutcomeSummary.Create(
                        configuration,
                        [new(StopReason.BudgetExhausted, 100, 0, 0.5) { TrainingError = 0.1 * index }]),
                }),
            ],
        };
        Assert.Equal(
            ["No trial converged in any configuration; the mean training error of a configuration is 0 to 0.4."],
            SweepReport.Create(none).Summary.Select(sentence => sentence.Text).Skip(1)
                .Where(text => text.Contains("converge", StringComparison.Ordinal)));
    }

    [Fact]
    public void Presentations_have_a_heat_map_whose_cells_without_a_median_are_counted()
    {
        Figure figure = SweepReport.Create(Results([Weights, Noises], new())).Figures
            .Single(figure => figure.Id == "presentations");
        HeatMap map = Assert.IsType<HeatMap>(figure.Panels.Single());

        // The median of four trials is the second: 16 of 30 configurations have at most one converged trial.
        Assert.Equal(16, map.Values.SelectMany(row => row).Count(double.IsNaN));
        Assert.Equal(
            "16 cells without a colour: more than half of the trials did not converge.", figure.Remark);
        Assert.Equal((30.0, 30.0), (map.ColourAxis!.Minimum, map.ColourAxis.Maximum));
    }

    private static Figure Success(SweepAxis[] axes, ReportOptions? choice = null)
        => SweepReport.Create(Results(axes, choice ?? new())).Figures.Single(figure => figure.Id == "success");

    /// <summary>Four trials per configuration, of which (configuration index modulo four) converged.</summary>
    private static SweepResults Results(SweepAxis[] axes, ReportOptions choice)
    {
        var part = new PartLayout("", axes, TrialsPerConfiguration: 4);
        return new(new("test", [part], choice), [.. Enumerable.Range(0, part.ConfigurationCount).Select(CreateResult)]);

        ConfigurationResult CreateResult(int configurationIndex)
        {
            var totals = new OutcomeTotals(trainingSequences: 30, testSequences: 200);
            for (int trial = 0; trial < 4; trial++)
                totals.Add(new(trial < configurationIndex % 4 ? StopReason.Converged : StopReason.Stuck, 30, 0, 0.0));
            int[] at = part.GetCoordinates(configurationIndex);
            Assert.Equal(configurationIndex, part.GetConfigurationIndex(at));
            return new(
                [
                    .. axes.SelectMany((axis, i) => axis.Fields.Zip(axis.Values[at[i]])),
                    ("rule.trials", "4"),
                ],
                OutcomeSummary.Create(totals, double.NaN));
        }
    }

    private static double Share(int configurationIndex) => configurationIndex % 4 / 4.0;

    private static SweepAxis Axis(string field, params string[] values)
        => new([field], [.. values.Select(value => (string[])[value])]);
}
