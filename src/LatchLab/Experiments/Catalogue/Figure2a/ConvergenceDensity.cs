using LatchLab.Experiments.Results;
using LatchLab.Experiments.Statistics;

namespace LatchLab.Experiments.Catalogue.Figure2a;

/// <summary>
/// Figure 2(a): how often training converges, over the initial weight w0 and the noise s; w is trained. Once under the
/// chosen reading, and once, coarser, under every reading side by side.
/// </summary>
public sealed class ConvergenceDensity : IExhibit
{
    /// <inheritdoc/>
    public string Id => "figure-2a";

    /// <inheritdoc/>
    public string Title => "Figure 2(a): density of training convergence";

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study)
        => [
            DensityGrid.Sweep(study, Reading.Of(study.Cell), study.Fineness.Grid),
            .. Reading.All.Select(reading => DensityGrid.Sweep(study, reading, study.Fineness.ReadingGrid)),
        ];

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        var chosen = new DensityGrid(study, study.Fineness.Grid, outcomes[0]);
        var readings = Reading.All.Index()
            .ToDictionary(r => r.Item, r => new DensityGrid(study, study.Fineness.ReadingGrid, outcomes[r.Index + 1]));
        string setting = $"T = {study.Cell.Task.Length}, w trained; {study.Fineness.Runs} runs a cell; " +
            $"{Words.Run(study.Cell)}; seed {seed}";
        var figure = new Figure(
            Id,
            Title,
            "Frequency of convergence over the initial weight and the noise. " +
                $"Reading: {Reading.Of(study.Cell)}. {setting}.",
            [chosen.Draw("")],
            Columns: 1,
            new Table(DensityGrid.Columns, [.. chosen.Rows()]))
        {
            Remark = Explain(chosen),
        };
        var sideBySide = new Figure(
            $"{Id}-readings",
            "Figure 2(a) under every reading",
            $"The same plane on a coarser grid. {setting}.",
            [.. readings.Select(r => r.Value.Draw(r.Key.ToString()))],
            Columns: 4,
            ReadingsTable(readings))
        {
            Remark = "Of all runs on the plane, averaged over the other options, converge " +
                $"{Reading.Compare(r => readings[r].All.Frequency)}.",
        };
        return new([figure, sideBySide], DensityClaims.Judge(Reading.Of(study.Cell), chosen, readings));
    }

    private static string Explain(DensityGrid grid)
    {
        (Proportion below, Proportion from) = grid.Flipping();
        string all = $"{Words.Percent(grid.All.Frequency)} of all runs converged";
        return below.Successes + from.Successes == 0
            ? $"{all}, none with w < −1."
            : $"{all}. Some did so with w < −1, a latch whose state flips its sign at every step: " +
                $"{below.Successes} of the {below.Trials} that converged from w0 < 1, and " +
                $"{from.Successes} of the {from.Trials} from w0 ≥ 1.";
    }

    private static Table ReadingsTable(Dictionary<Reading, DensityGrid> readings)
        => new(
            ["reading", .. DensityGrid.Columns],
            [.. from reading in readings
                from row in reading.Value.Rows()
                select (IReadOnlyList<string>)[reading.Key.ToString(), .. row]]);
}
