using LatchLab.Figures;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Reports;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>Findings from made-up numbers of incorrect test sequences: two trials of 100 sequences each.</summary>
public sealed class MemoryFindingTests
{
    [Fact]
    public void The_longest_delay_below_the_chance_level_at_it_and_all_shorter_ones_is_remembered()
    {
        // Student's interval of 9 and 11 is 0.10 ± 12.706·0.01, below 0.5; that of 40 and 50 is 0.45 ± 0.635.
        MemoryFinding finding = Find(
            MemoryFinding.DelayField, ("20", 10, 10), ("0", 9, 11), ("5", 9, 11), ("10", 40, 50));
        Assert.Equal(5, finding.Steps);
        Assert.Equal(
            "It remembers its data for at least 5 steps: after this delay the test error is 0.100 [0.000, 0.227], " +
            "below the chance level, 0.5; with a delay of 10 steps the test error, 0.450 [0.000, 1.000], is not " +
            "certainly below the chance level, 0.5.", finding.Sentence);
    }

    [Fact]
    public void It_is_undecided_if_the_shortest_delay_is_not_certainly_below_and_open_if_the_longest_is()
    {
        MemoryFinding undecided = Find(MemoryFinding.DelayField, ("1", 40, 50), ("5", 9, 11));
        Assert.Null(undecided.Steps);
        Assert.StartsWith(
            "Undecided how far back it remembers: with a delay of 1 step the test error, 0.450 [0.000, 1.000], is not",
            undecided.Sentence, StringComparison.Ordinal);
        MemoryFinding open = Find(MemoryFinding.DelayField, ("1", 9, 11), ("5", 9, 11));
        Assert.Equal(5, open.Steps);
        Assert.EndsWith("; no longer delay was tried.", open.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_needs_the_shortest_window_that_no_longer_one_is_certainly_better_than()
    {
        // The window of all steps, 0, is the longest. 0.60 ± 0.127 is above 0.10 ± 0.127.
        MemoryFinding finding = Find(
            MemoryFinding.LengthField, ("0", 9, 11), ("1", 59, 61), ("3", 10, 12), ("2", 59, 61), ("9", 9, 11));
        Assert.Equal(3, finding.Steps);
        Assert.Equal(
            "The answer needs the last 3 steps: with them the test error is 0.110 [0.000, 0.237], and no longer " +
            "window is certainly better; with the last 2 steps it is certainly larger, 0.600 [0.473, 0.727].",
            finding.Sentence);
    }

    [Fact]
    public void The_needed_window_is_undecided_if_none_is_worse_and_open_if_only_the_longest_is_better()
    {
        Assert.Null(Find(MemoryFinding.LengthField, ("1", 9, 11), ("2", 9, 11)).Steps);
        MemoryFinding open = Find(MemoryFinding.LengthField, ("1", 59, 61), ("2", 59, 61), ("0", 9, 11));
        Assert.Equal(0, open.Steps);
        Assert.StartsWith(
            "The answer needs more than the last 2 steps: with all steps the test error is 0.100", open.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_remembered_while_their_error_is_below_that_of_the_mean_label()
    {
        // The root mean square error is 10·√0.04 = 2 and 10·√1.
        SweepResults results = CreateResults(MemoryFinding.DelayField, ("0", 9, 11), ("5", 9, 11));
        OutcomeTotals learned = CreateTotals(0.04), guessed = CreateTotals(1.0);
        MemoryFinding finding = Assert.Single(MemoryFinding.FindAll(results with
        {
            Configurations = [Create("0", learned), Create("5", guessed)],
        }));
        Assert.Equal(0, finding.Steps);
        Assert.StartsWith(
            "It is shown to learn its data, and to remember them for no delay: without a delay the root mean square " +
            "error is ", finding.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(", is not certainly below that of always giving the mean label, 8.", finding.Sentence,
            StringComparison.Ordinal);

        static ConfigurationResult Create(string delay, OutcomeTotals totals)
            => new(
                [("task.file", "data.csv"), (MemoryFinding.DelayField, delay)],
                OutcomeSummary.Create(totals, budget: 100) with { RootMeanSquareErrorScale = 10.0 })
            {
                ChanceMeanSquaredError = 64.0,
            };

        // By the sign test eight trials have an interval of the median, 2·2^-8 < 0.05.
        static OutcomeTotals CreateTotals(double cost)
        {
            var totals = new OutcomeTotals(100, 100);
            for (int trial = 0; trial < 8; trial++)
                totals.Add(new(StopReason.Converged, 10, 0, 0.1) { TestError = 0.1, TestCost = cost });
            return totals;
        }
    }

    [Fact]
    public void The_window_of_all_steps_and_chance_are_levels_of_the_figure_and_equal_shares_are_said_once()
    {
        Report report = SweepReport.Create(CreateResults(
            MemoryFinding.LengthField, ("0", 9, 11), ("1", 59, 61), ("2", 19, 21)));
        Figure figure = report.Figures.Single(one => one.Id == "error");
        Series[] series = [.. Assert.IsType<Chart>(Assert.Single(figure.Panels)).Series];
        Assert.Equal(["error on test sequences", "all steps", "chance"], series.Select(one => one.Name));
        Assert.Equal([(1.0, 0.6), (2.0, 0.2)], series[0].Points.Select(point => (point.X, point.Y)));
        Assert.Equal([0.1, 0.5], series[1..].Select(level => Assert.Single(level.Points).Y));
        Assert.Equal(
            "The same share of trials converges in every configuration; the error on test sequences is smallest in " +
            "configuration 0 (length 0): 2 of 2, with an error of 0.1 on test sequences, and largest in " +
            "configuration 1 (length 1): 2 of 2, with an error of 0.6 on test sequences.", report.Summary[^1].Text);
    }

    [Fact]
    public void A_generated_task_and_two_axes_have_no_finding()
    {
        SweepResults results = CreateResults(MemoryFinding.DelayField, ("0", 9, 11), ("5", 9, 11));
        Assert.Empty(MemoryFinding.FindAll(results with
        {
            Configurations = [.. results.Configurations.Select(one => one with
            {
                Settings = [.. one.Settings.Where(setting => setting.Field != "task.file")],
            })],
        }));
        PartLayout part = results.Layout.Parts[0];
        Assert.Empty(MemoryFinding.FindAll(results with
        {
            Layout = results.Layout with
            {
                Parts = [part with { Axes = [.. part.Axes, new(["network.units"], [["8"]])] }],
            },
        }));
    }

    private static MemoryFinding Find(string field, params (string Value, int First, int Second)[] incorrect)
        => Assert.Single(MemoryFinding.FindAll(CreateResults(field, incorrect)));

    private static SweepResults CreateResults(
        string field, params (string Value, int First, int Second)[] incorrect)
        => new(
            new("made up", [new("", [new([field], [.. incorrect.Select(one => (string[])[one.Value])])], 2)], new()),
            [.. incorrect.Select(one => Summarize(field, one.Value, one.First, one.Second))]);

    private static ConfigurationResult Summarize(string field, string value, params int[] incorrect)
    {
        const int sequences = 100;
        var totals = new OutcomeTotals(sequences, sequences);
        foreach (int count in incorrect)
            totals.Add(new(StopReason.Converged, 10, 0, 0.1) { TestError = (double)count / sequences, TestCost = 0.1 });
        return new([("task.file", "data.csv"), (field, value)], OutcomeSummary.Create(totals, budget: 100))
        {
            ChanceError = 0.5,
        };
    }
}
