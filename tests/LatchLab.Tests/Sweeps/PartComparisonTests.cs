using LatchLab.Figures;
using LatchLab.Learning;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Runs;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Paper;
using LatchLab.Paper.Experiments;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Format;
using LatchLab.Sweeps.Reports;
using LatchLab.Tests.Paper;
using LatchLab.Training;
using Xunit;

namespace LatchLab.Tests.Sweeps;

/// <summary>The figures of a sweep with the layout "comparison".</summary>
public sealed class PartComparisonTests
{
    private static readonly string Backpropagation = new Backpropagation().Name;

    private static readonly SweepAxis Noises = Axis("task.noise", "0", "0.2");
    private static readonly SweepAxis Lengths = Axis("task.length", "5", "10", "20");

    [Fact]
    public void The_printed_sweep_of_figure_4_is_drawn_as_figure_4()
    {
        IExperiment experiment = KnownExperiments.All.Single(known => known.Id == "figure-4");
        ReproductionSettings settings = TinyReproduction.Tiny with
        {
            Resolution = TinyReproduction.Tiny.Resolution with
            {
                Comparison = TinyReproduction.Tiny.Resolution.Comparison with { ComparedLength = 10 },
            },
        };
        SweepPlan plan = SweepFile.Parse(ExperimentSweepFile.Serialize(experiment, settings, 7, ""), "figure-4.toml");
        string folder = Directory.CreateTempSubdirectory("latchlab-").FullName;
        var run = new LedgerRun(plan, "", new(plan.Seed, Threads: 2, LaneKind.Widest), Shard.Whole);
        IReadOnlyList<SweepOutcomes> outcomes;
        using (var ledger = TrialLedger.Open(folder, run.Identity))
        {
            LedgerRun.Run([(run, ledger)], LedgerRun.CreateProgress([(run, ledger)]),
                TestContext.Current.CancellationToken);
            ledger.Complete();
            outcomes = run.ReadOutcomes(ledger.Folder);
        }

        Figure[] drawn = [.. SweepReport.Create(LedgerResults.Read(folder)).Figures.Take(2)];
        Directory.Delete(folder, recursive: true);
        Figure[] expected = [.. experiment.Analyze(settings, plan.Seed, outcomes).Figures.Take(2)];
        Assert.Equal(expected.SelectMany(DescribeCurves), drawn.SelectMany(DescribeCurves));
        Assert.Equal(
            [
                $"{experiment.Title}: noise 0", $"{experiment.Title}: noise 0.2",
                $"{experiment.Title}: multi-grid random search, noise 0",
            ],
            SweepReport.Create(new(plan.Layout, [.. plan.Parts.SelectMany(part => part.Configurations).Select(
                configuration => new ConfigurationResult(
                    [.. ConfigurationSettings.GetSettings(configuration).Select(
                        setting => (setting.Path, setting.Value))],
                    OutcomeSummary.Create(configuration, [])))])).Figures.Take(3).Select(figure => figure.Title));
    }

    [Fact]
    public void Names_of_parts_give_rows_curves_and_figures_of_variants()
    {
        IReadOnlyList<Figure> figures = Compare(
            new("Latch, back-propagation", [Noises, Lengths], 1),
            new("Latch, guessing", [Noises, Lengths], 1),
            new("Parity, guessing", [Noises, Lengths], 1),
            new("Latch, guessing, box of 2", [Noises, Lengths], 1));
        Assert.Equal(
            ["test: noise 0", "test: noise 0.2", "test: guessing, noise 0", "test: guessing, noise 0.2"],
            figures.Select(figure => figure.Title));
        Assert.Equal(["Latch", "Latch", "Parity", "Parity"], figures[0].Panels.Select(panel => panel.Title));
        Assert.Equal(["back-propagation", "guessing"], NameCurves(figures[0].Panels[0]));
        Assert.Equal(["guessing"], NameCurves(figures[0].Panels[2]));
        Assert.Equal(["guessing", "box of 2"], NameCurves(figures[2].Panels[0]));
    }

    [Fact]
    public void A_curve_is_named_with_what_its_variants_change_and_rows_without_variants_are_left_out()
    {
        SweepAxis slow = Axis("learner.learning-rate", "0.5");
        Figure variants = Compare(
            new("Latch, guessing", [Lengths], 1),
            new("Parity, guessing", [Lengths], 1),
            new("Latch, guessing, slow", [slow, Lengths], 1))[1];
        Assert.Equal(["Latch", "Latch"], variants.Panels.Select(panel => panel.Title));
        Assert.Equal(
            ["guessing (learning rate 0.1)", "slow"], NameCurves(variants.Panels[0]));
    }

    [Fact]
    public void Values_that_only_some_parts_vary_name_further_curves()
    {
        Figure figure = Assert.Single(Compare(
            new("fixed", [Lengths], 1),
            new("tuned", [Lengths], 1),
            new("over its rate", [Axis("learner.learning-rate", "0.1", "1"), Lengths], 1)));
        Assert.Equal(
            ["fixed", "tuned", "over its rate (learning rate 0.1)", "over its rate (learning rate 1)"],
            NameCurves(figure.Panels[0]));
        Assert.All(((Chart)figure.Panels[0]).Series, series
            => Assert.Equal([5.0, 10.0, 20.0], series.Points.Select(point => point.X)));
    }

    [Fact]
    public void A_value_that_changes_with_that_of_the_figure_does_not()
    {
        var tuned = new SweepAxis(["task.noise", "learner.learning-rate"], [["0", "3"], ["0.2", "1"]]);
        IReadOnlyList<Figure> figures = Compare(
            new("A", [Noises, Lengths], 1), new("B", [tuned, Lengths], 1), new("C", [tuned, Lengths], 1));
        Assert.Equal(["test: noise 0", "test: noise 0.2"], figures.Select(figure => figure.Title));
        Assert.All(figures, figure => Assert.Equal(["A", "B", "C"], NameCurves(figure.Panels[0])));
    }

    [Fact]
    public void Learners_have_the_styles_of_figure_4_and_their_variants_colours_of_their_own()
    {
        string annealing = new SimulatedAnnealing().Name;
        IReadOnlyList<CurveStyle> styles = LearnerStyles.Assign([annealing, Backpropagation, annealing, annealing]);
        Assert.Equal(styles[0], LearnerStyles.Get(annealing));
        Assert.Equal(4, styles.Select(style => style.Colour).Distinct().Count());
        Assert.Equal(3, new[] { styles[0], styles[2], styles[3] }.Select(style => style.Marker).Distinct().Count());
        Assert.Equal(4, LearnerStyles.Assign([annealing, annealing, annealing, annealing]).Distinct().Count());
    }

    [Fact]
    public void A_part_with_a_name_of_its_own_and_one_value_is_a_point()
    {
        Figure figure = Assert.Single(Compare(new("A", [Lengths], 1), new("B", [], 1)));
        Assert.Equal([5.0], ((Chart)figure.Panels[0]).Series[1].Points.Select(point => point.X));
    }

    /// <summary>Everything that a figure shows of its curves.</summary>
    private static IEnumerable<string> DescribeCurves(Figure figure)
        => from panel in figure.Panels.Cast<Chart>()
           from series in panel.Series
           where series.Kind == SeriesKind.Curve
           select $"{panel.Title}, {series.Name}, {series.Marker}, {series.Colour}: {string.Join(' ', series.Points)}";

    private static IEnumerable<string> NameCurves(Panel panel)
        => ((Chart)panel).Series.Where(series => series.Kind == SeriesKind.Curve).Select(series => series.Name);

    /// <summary>Draws configurations of one trial each; settings without an axis have the first value.</summary>
    private static IReadOnlyList<Figure> Compare(params PartLayout[] parts)
    {
        ConfigurationResult[] configurations =
        [
            .. from part in parts
               from index in Enumerable.Range(0, part.ConfigurationCount)
               select Create(part, part.GetCoordinates(index)),
        ];
        var layout = new SweepLayout("test", parts, new() { Layout = ReportOptions.Comparison });
        return SweepReport.Create(new(layout, configurations)).Figures;

        static ConfigurationResult Create(PartLayout part, int[] at)
        {
            var values = new Dictionary<string, string>
            {
                [ConfigurationSettings.LearnerField] = Backpropagation,
                ["task.noise"] = "0",
                ["task.length"] = "5",
                ["learner.learning-rate"] = "0.1",
            };
            foreach ((int i, SweepAxis axis) in part.Axes.Index())
            {
                foreach ((string field, string value) in axis.Fields.Zip(axis.Values[at[i]]))
                    values[field] = value;
            }

            var totals = new OutcomeTotals(trainingSequences: 30, testSequences: 200);
            totals.Add(new(StopReason.Converged, 30, 0, 0.0) { TestError = 0.25 });
            return new([.. values.Select(value => (value.Key, value.Value))], OutcomeSummary.Create(totals, 60.0));
        }
    }

    private static SweepAxis Axis(string field, params string[] values)
        => new([field], [.. values.Select(value => (string[])[value])]);
}
