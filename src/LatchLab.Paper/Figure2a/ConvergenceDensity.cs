using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Statistics;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2a;

/// <summary>
/// Figure 2(a): the frequency of convergence over the initial weight w0 and the noise s; w is trained. It is shown
/// under the chosen interpretation and, on a coarser grid, under every interpretation side by side.
/// </summary>
internal sealed class ConvergenceDensity : IExperiment, ITrialClaims
{
    public string Id => "figure-2a";

    public string Title => "Figure 2(a): density of training convergence";

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
        => [
            DensityGrid.CreateSweep(settings, Interpretation.From(settings),
                settings.Resolution.Grid),
            .. OtherInterpretations(settings).Select(
                interpretation => DensityGrid.CreateSweep(settings, interpretation, settings.Resolution.Grid)),
        ];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        =>
        [
            .. settings.BasePaths.Except(["task.noise", "network.initial-weight", "network.weight"]),
            "resolution.runs", "resolution.grid", "resolution.interpretations", "resolution.largest-weight",
            "resolution.largest-noise",
        ];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        var chosen = new DensityGrid(settings, settings.Resolution.Grid, outcomes[0]);
        var grids = OtherInterpretations(settings).Index().ToDictionary(r => r.Item,
            r => new DensityGrid(settings, settings.Resolution.Grid, outcomes[r.Index + 1]));
        string setting =
            $"T = {settings.BaseTask.Length}, w trained; {settings.Resolution.Runs} runs per point; " +
            $"{CaptionFormat.FormatTrainingSettings(settings)}; seed {seed}";
        var figure = new Figure(
            Id,
            Title,
            "Frequency of convergence over the initial weight and the noise. Interpretation: " +
                $"{Interpretation.From(settings).Choices}. {setting}.",
            [chosen.ToHeatMap("")],
            Columns: 1,
            chosen.ToTable())
        {
            Remark = DescribeConvergence(chosen),
        };
        IEnumerable<Figure> interpretations = grids.Count == 0 ? [] :
        [
            new Figure(
                $"{Id}-interpretations",
                "Figure 2(a) under single changes of the interpretation",
                $"The same plane. {setting}.",
                [.. grids.Select(r => r.Value.ToHeatMap(r.Key.ToString()))],
                Columns: 4,
                Interpretation.CombineTables(grids, grid => grid.ToTable()))
            {
                Remark = "Share of all runs on the plane that converge: " + string.Join("; ", grids.Select(
                    r => $"{r.Key}: {NumberFormat.Percent(r.Value.Overall.Frequency)}")) + ".",
            },
        ];
        return new(
            [figure, .. interpretations],
            [
                .. DensityClaims.Collect(settings, chosen).Select(claim => ClaimEvaluator.Evaluate(claim)),
                .. from other in grids
                   from claim in DensityClaims.Collect(settings, other.Value)
                   select ClaimEvaluator.Evaluate(
                       claim, other.Key.DescribeChangeFrom(Interpretation.From(settings))),
            ]);
    }

    public int GetTrials(Resolution resolution) => resolution.Runs * resolution.Grid;

    public IEnumerable<ClaimSample> CollectClaims(
        ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes)
        => DensityClaims.Collect(settings, new DensityGrid(settings, settings.Resolution.Grid, outcomes[0]));

    /// <summary>With all interpretations, those that differ from the chosen one in a single point.</summary>
    private static IEnumerable<Interpretation> OtherInterpretations(ReproductionSettings settings)
        => settings.Resolution.Interpretations == InterpretationsShown.All
            ? Interpretation.From(settings).SingleChanges : [];

    private static string DescribeConvergence(DensityGrid grid)
    {
        (Proportion belowOne, Proportion fromOne) = grid.SignFlipping();
        string all = $"{NumberFormat.Percent(grid.Overall.Frequency)} of all runs converged";
        return belowOne.Successes + fromOne.Successes == 0
            ? $"{all}, none with w < −1."
            : $"{all}. Some converged to w < −1, a latch whose state changes its sign at every step: " +
                $"{belowOne.Successes} of the {belowOne.Trials} that converged from w0 < 1, and " +
                $"{fromOne.Successes} of the {fromOne.Trials} from w0 ≥ 1.";
    }
}
