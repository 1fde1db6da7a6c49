using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.Catalogue.Figure2b;

/// <summary>
/// Figure 2(b): how often training converges against the sequence length T, with the noise ceiling: once under the
/// chosen reading, and once, with fewer runs, under every reading side by side.
/// </summary>
public sealed class ConvergenceAgainstLength : IExhibit
{
    private static readonly WeightUse[] Weights = [WeightUse.Held, WeightUse.Trained];

    /// <inheritdoc/>
    public string Id => "figure-2b";

    /// <inheritdoc/>
    public string Title => "Figure 2(b): frequency of training convergence against sequence length";

    /// <inheritdoc/>
    public IReadOnlyList<Sweep> Plan(Study study)
        => [
            .. Pair(study, Reading.Of(study.Cell), study.Fineness.Trials),
            .. Reading.All.SelectMany(reading => Pair(study, reading, study.Fineness.ReadingTrials)),
        ];

    /// <inheritdoc/>
    public Findings Analyse(Study study, ulong seed, IReadOnlyList<SweepOutcomes> outcomes)
    {
        Reading reading = Reading.Of(study.Cell);
        LengthCurve[][] curves = [.. outcomes.Chunk(2 * Weights.Length).Select(chunk => Curves(study, chunk))];
        var readings = Reading.All.Index().ToDictionary(r => r.Item, r => curves[r.Index + 1]);
        string setting = $"s = {Words.Short(study.Cell.Task.Noise)}, " +
            $"w0 = {Words.Short(study.Cell.Start.InitialWeight)}; {Words.Run(study.Cell)}; seed {seed}";
        double Trained(Reading r) => readings[r].Single(curve => curve.Weight == WeightUse.Trained).MeanFrequency;
        var figure = new Figure(
            Id,
            Title,
            "Curves: runs that converged, with 95 % intervals (Wilson). " +
                "Dashed: the noise ceiling, how often a perfectly set latch meets the same rule " +
                "(of a rule with a cost, its part about signs). " +
                $"Reading: {reading}. {study.Fineness.Trials} runs at each T; {setting}.",
            [Draw("", curves[0])],
            Columns: 1,
            new Table(LengthCurve.Columns, [.. curves[0].SelectMany(curve => curve.Rows())]))
        {
            Remark = LengthClaims.Explain(curves[0][0]),
        };
        var sideBySide = new Figure(
            $"{Id}-readings",
            "Figure 2(b) under every reading",
            $"As above; {study.Fineness.ReadingTrials} runs at each T; {setting}.",
            [.. readings.Select(r => Draw(r.Key.ToString(), r.Value))],
            Columns: 4,
            new Table(
                ["reading", .. LengthCurve.Columns],
                [.. from r in readings
                    from curve in r.Value
                    from row in curve.Rows()
                    select (IReadOnlyList<string>)[r.Key.ToString(), .. row]]))
        {
            Remark = "With w trained, of all runs, averaged over T and the other options, converge " +
                $"{Reading.Compare(Trained)}. " +
                LengthClaims.CompareWithCeiling(readings.Values),
        };
        return new([figure, sideBySide], LengthClaims.Judge(reading, curves[0], readings));
    }

    private static IEnumerable<Sweep> Pair(Study study, Reading reading, int trials)
        => Weights.SelectMany(weight => LengthCurve.Sweeps(study, reading, weight, trials));

    /// <summary>The curves of one reading, the chosen use of the weight first.</summary>
    private static LengthCurve[] Curves(Study study, SweepOutcomes[] outcomes)
        => [.. Weights.Select((weight, i) => new LengthCurve(weight, outcomes[2 * i], outcomes[(2 * i) + 1]))
            .OrderByDescending(curve => curve.Weight == study.Cell.Start.Weight)];

    private static Chart Draw(string title, LengthCurve[] curves)
        => new(
            title,
            new Axis("sequence length T", Logarithmic: true),
            new Axis("frequency of convergence", 0.0, 1.0),
            [.. curves.SelectMany(curve => curve.Draw(colour: (int)curve.Weight))]);
}
