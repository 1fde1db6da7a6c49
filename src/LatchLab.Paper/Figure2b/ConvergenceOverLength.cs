using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;
using LatchLab.Paper.Claims;
using LatchLab.Paper.Experiments;
using LatchLab.Training;

namespace LatchLab.Paper.Figure2b;

/// <summary>
/// Figure 2(b): the frequency of convergence against the sequence length T, with the noise ceiling. It is shown under
/// the chosen interpretation and, with fewer runs, under every interpretation side by side.
/// </summary>
internal sealed class ConvergenceOverLength : IExperiment, ITrialClaims
{
    private static readonly WeightUse[] WeightUses = [WeightUse.Frozen, WeightUse.Trained];

    public string Id => "figure-2b";

    public string Title => "Figure 2(b): frequency of training convergence against sequence length";

    public IEnumerable<ReportedSetting> AdditionalSettings => FixedSettings.Create("Fixed",
        ("perfect-weight", LengthCurve.PerfectLatchWeight, "weight of the perfect latch where w is trained"));

    public IReadOnlyList<Sweep> Plan(ReproductionSettings settings)
        => [
            .. from interpretation in Interpretations(settings)
               from weight in WeightUses
               from sweep in LengthCurve.CreateSweeps(settings, interpretation, weight, settings.Resolution.Trials)
               select sweep,
        ];

    public IEnumerable<string> GetUsedSettings(ReproductionSettings settings)
        =>
        [
            .. settings.BasePaths.Except(["task.length"]),
            "resolution.lengths", "resolution.longest-length", "resolution.trials", "resolution.interpretations",
        ];

    public ExperimentResult Analyze(ReproductionSettings settings, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        Interpretation[] interpretations = [.. Interpretations(settings)];
        LengthCurve[][] curves = [
            .. outcomes.Chunk(2 * WeightUses.Length).Select(chunk => CreateCurves(settings, chunk))];
        string setting = $"s = {NumberFormat.Short(settings.BaseTask.Noise)}, w0 = " +
            $"{NumberFormat.Short(settings.BaseConfiguration.Network.InitialWeight)}; " +
            $"{CaptionFormat.FormatTrainingSettings(settings)}; {settings.Resolution.Trials} runs " +
            $"at each T; seed {seed}";
        var figure = new Figure(
            Id,
            Title,
            "Curves: share of the runs that converged, with 95 % intervals (Wilson). Dashed: the noise ceiling, the " +
                "frequency at which a latch with ideal parameters meets the same rule (for a rule with a cost, only " +
                $"its condition on the signs). Interpretation: {interpretations[0].Choices}. {setting}.",
            [CreateChart("", curves[0])],
            Columns: 1,
            LengthCurve.CreateTable(curves[0]))
        {
            Remark = LengthClaims.DescribeCurve(curves[0][0]),
        };
        return new(
            [figure, .. CreateInterpretationFigures(interpretations, curves, setting)],
            [
                .. LengthClaims.Collect(settings, curves[0]).Select(claim => ClaimEvaluator.Evaluate(claim)),
                .. from other in interpretations.Zip(curves).Skip(1)
                   from claim in LengthClaims.Collect(settings, other.Second)
                   select ClaimEvaluator.Evaluate(claim, other.First.DescribeChangeFrom(interpretations[0])),
            ]);
    }

    public int GetTrials(Resolution resolution) => resolution.Trials;

    public IEnumerable<ClaimSample> CollectClaims(
        ReproductionSettings settings, IReadOnlyList<SweepOutcomes> outcomes)
        => LengthClaims.Collect(settings, CreateCurves(settings, [.. outcomes.Take(2 * WeightUses.Length)]));

    private IEnumerable<Figure> CreateInterpretationFigures(
        Interpretation[] interpretations, LengthCurve[][] curves, string setting)
    {
        if (interpretations.Length == 1)
            yield break;
        var curvesByInterpretation = interpretations.Zip(curves).ToDictionary(r => r.First, r => r.Second);
        yield return new Figure(
            $"{Id}-interpretations",
            "Figure 2(b) under single changes of the interpretation",
            $"As above; {setting}.",
            [.. curvesByInterpretation.Select(r => CreateChart(r.Key.ToString(), r.Value))],
            Columns: 4,
            Interpretation.CombineTables(curvesByInterpretation, LengthCurve.CreateTable))
        {
            Remark = "Share of all runs with w trained that converge, averaged over T: " +
                string.Join("; ", curvesByInterpretation.Select(r => $"{r.Key}: " + NumberFormat.Percent(
                    r.Value.Single(curve => curve.Weight == WeightUse.Trained).MeanFrequency)))
                + $". {LengthClaims.DescribeGapToCeiling(curvesByInterpretation.Values)}",
        };
    }

    /// <summary>The chosen interpretation, then with all interpretations the others.</summary>
    private static IEnumerable<Interpretation> Interpretations(ReproductionSettings settings)
    {
        Interpretation chosen = Interpretation.From(settings);
        return settings.Resolution.Interpretations == InterpretationsShown.All
            ? [chosen, .. chosen.SingleChanges] : [chosen];
    }

    /// <summary>Creates the curves of one interpretation, the chosen use of the weight first.</summary>
    private static LengthCurve[] CreateCurves(ReproductionSettings settings, SweepOutcomes[] outcomes)
        => [.. WeightUses.Select((weight, i) => new LengthCurve(weight, outcomes[2 * i], outcomes[(2 * i) + 1]))
            .OrderByDescending(curve => curve.Weight == settings.BaseConfiguration.Network.Weight)];

    private static Chart CreateChart(string title, LengthCurve[] curves)
        => new(
            title,
            new Axis("sequence length T", IsLogarithmic: true),
            new Axis("frequency of convergence", 0.0, 1.0),
            [.. curves.SelectMany(curve => curve.ToSeries(colour: (int)curve.Weight))]);
}
