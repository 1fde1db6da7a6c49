using LatchLab.Dynamics;
using LatchLab.Numerics;
using static LatchLab.Diagnosis.Questions.InvariantText;

namespace LatchLab.Diagnosis.Questions;

/// <summary>A line of the answers: what is asked, of what, and the numbers.</summary>
/// <param name="Topic">Such as <c>how far back</c>; empty for a further line of the topic above.</param>
/// <param name="Name">Such as <c>gradient</c>.</param>
/// <param name="Text">The numbers.</param>
public readonly record struct DiagnosisRow(string Topic, string Name, string Text)
{
    private static readonly int[] ShownLags = [0, 1, 5, 10, 20, 40, 100, 200, 500, 1000];

    /// <summary>The answers of a diagnosis, one screen.</summary>
    public static IReadOnlyList<DiagnosisRow> List(TrainedNetworkDiagnosis diagnosis)
    {
        var rows = new List<DiagnosisRow>();
        AddHorizon(diagnosis, rows);
        foreach ((int index, RetentionAtRest rest) in diagnosis.Retention.Index())
            AddRetention(rest, index, diagnosis.Retention.Count > 1, rows);
        AddPoints(diagnosis, rows);
        AddGrowth(diagnosis, rows);
        rows.AddRange(NoiseRows.List(diagnosis));
        AddGates(diagnosis, rows);
        return rows;
    }

    private static void AddHorizon(TrainedNetworkDiagnosis diagnosis, List<DiagnosisRow> rows)
    {
        if (diagnosis.Gradient is { } gradient)
        {
            int last = gradient.MeanLogNorms.Count - 1;
            string small = gradient.LagBelowOnePercent is { } lag ? Format($" · below 1 % at lag {lag}") : "";
            rows.Add(new("how far back", "gradient", Format(
                $"×{gradient.FactorPerStep.Value:0.000} a step · 99 % within {gradient.Horizon} steps{small} · " +
                $"e^{gradient.MeanLogNorms[last] - gradient.MeanLogNorms[0]:0.#} at lag {last}")));
        }

        if (diagnosis.Influence is { } influence)
        {
            IEnumerable<string> lags = ShownLags.Where(lag => lag < influence.Changes.Count)
                .Append(influence.Changes.Count - 1).Distinct()
                .Select(lag => Format($"{lag}: {influence.Changes[lag]:G2}"));
            rows.Add(new(rows.Count == 0 ? "how far back" : "", "influence", Format(
                $"output spread {influence.OutputSpread:G3} · lag {string.Join(" · ", lags)}")));
        }

        if (diagnosis.Norms is { } norms)
        {
            rows.Add(new("", "any loss", Format(
                $"a gradient may grow up to ×{norms.Largest:G3} within {norms.Lags[^1]} steps")));
        }
    }

    private static void AddRetention(RetentionAtRest rest, int index, bool isOneOfMany, List<DiagnosisRow> rows)
    {
        string held = isOneOfMany || rest.HeldInput.Any(value => value != 0.0)
            ? $"input {FormatVector(rest.HeldInput)}: " : "input 0: ";
        var shown = new List<string>();
        int last = -1;
        foreach (RetentionPoint point in rest.Points)
        {
            if (point.StatesApart != last)
            {
                shown.Add(point.Steps == 0 ? Format($"{point.StatesApart} states")
                    : Format($"{point.StatesApart} ({point.Steps})"));
            }

            last = point.StatesApart;
        }

        string moving = rest.MovingStates == 0 ? "" : rest.Period > 1
            ? Format($" · a cycle of {rest.Period} steps") : Format($" · {rest.MovingStates} still move");
        rows.Add(new(index == 0 ? "what it stores" : "", "at rest", Format(
            $"{held}{string.Join(" → ", shown)} to {rest.Points[^1].Steps} steps · {rest.Bits:0.00} bits{moving}")));
    }

    private static void AddPoints(TrainedNetworkDiagnosis diagnosis, List<DiagnosisRow> rows)
    {
        foreach (RestPoints points in diagnosis.FixedPoints)
        {
            string index = points.Verdict switch
            {
                IndexVerdict.ConsistentWithComplete => Format($" · index sum 1: consistent with complete"),
                IndexVerdict.Incomplete => Format($" · index sum {points.IndexSum}: at least {points.Missing} missing"),
                IndexVerdict.NotApplicable => " · no bound of the states, so no rule for the sum of indices",
                _ => " · a point is degenerate, so the sum of indices is not known",
            };
            rows.Add(new("", "fixed points", Format($"{points.Points.Count}{CountKinds(points)}{index}")));
            RestPoint[] stable = [.. points.Points.Where(point => point.Stability == RestPointStability.Stable)
                .OrderBy(point => point.SpectralRadius)];
            if (stable.Length > 1)
            {
                rows.Add(new("", "", Format(
                    $"weakest |λ| {stable[^1].SpectralRadius:0.000}, strongest |λ| {stable[0].SpectralRadius:0.000}")));
            }
        }

        if (diagnosis.SlowPoints is { Points: [var slowest, ..] } slow)
        {
            rows.Add(new("", "slow points", Format(
                $"{slow.Points.Count} · the slowest moves {slowest.RelativeSpeed:G2} of a step of the data" +
                $"{(slowest.TimeConstant > 0.0 ? Format($", time constant {slowest.TimeConstant:0.#} steps") : "")}")));
        }

        if (diagnosis.Relaxation is { } relaxation)
        {
            rows.Add(new("", "quiet steps", Format(
                $"after {relaxation.Steps} the speed is {relaxation.RelativeSpeed:G2} of a step of the data, the " +
                $"extent {relaxation.Extent:G3}, leading |λ| {relaxation.LeadingModulus:0.000}")));
        }
    }

    /// <summary>Such as <c> = 8 stable + 12 + 6 + 1 saddles (1, 2, 3 unstable directions)</c>.</summary>
    private static string CountKinds(RestPoints points)
    {
        string[] kinds = [.. points.Points.GroupBy(point => point.Stability)
            .Select(kind => kind.Key == RestPointStability.Saddle ? CountSaddles([.. kind])
                : Format($"{kind.Count()} {VerdictText.GetName(kind.Key)}"))];
        return kinds.Length == 0 ? "" : $" = {string.Join(" + ", kinds)}";
    }

    private static string CountSaddles(RestPoint[] saddles)
    {
        IGrouping<int, RestPoint>[] kinds = [.. saddles.GroupBy(point => point.UnstableDirections)];
        return $"{string.Join(" + ", kinds.Select(kind => Format($"{kind.Count()}")))} " +
            $"{(saddles.Length == 1 ? "saddle" : "saddles")} " +
            $"({string.Join(", ", kinds.Select(kind => Format($"{kind.Key}")))} unstable)";
    }

    private static void AddGrowth(TrainedNetworkDiagnosis diagnosis, List<DiagnosisRow> rows)
    {
        if (diagnosis.Driven is { Exponents: [var driven, ..] })
            rows.Add(new("grows or dies", "with data", FormatGrowth(driven)));
        if (diagnosis.Rest is [{ Exponents: [var rest, ..] }, ..])
            rows.Add(new(diagnosis.Driven is null ? "grows or dies" : "", "at rest", FormatGrowth(rest)));
    }

    private static string FormatGrowth(LyapunovExponent exponent)
        => Format($"×{Elementary.Exp(exponent.Value):0.000} a step (λ₁ {exponent.Value:0.0000}, 95 % " +
            $"{exponent.Lower:0.0000} to {exponent.Upper:0.0000})");

    private static void AddGates(TrainedNetworkDiagnosis diagnosis, List<DiagnosisRow> rows)
    {
        string topic = "gates";
        foreach (GateStatistics gate in diagnosis.Gates ?? [])
        {
            string layer = diagnosis.Gates!.Any(other => other.Layer > 0) ? Format($" {gate.Layer + 1}") : "";
            string life = !gate.Holds ? "" : Format($" · half-life {GateStatistics.HalfLifeOf(gate.Mean):0.#} steps, " +
                $"longest {gate.HalfLives.Max():0.#}");
            rows.Add(new(topic, gate.Name + layer, Format(
                $"{gate.Mean:0.000} · below 0.1 {gate.ShareBelow:0.# %} · above 0.9 {gate.ShareAbove:0.# %}{life}")));
            topic = "";
        }

        topic = "units";
        foreach (UnitStatistics layer in diagnosis.Units ?? [])
        {
            string name = diagnosis.Units!.Count > 1 ? Format($"layer {layer.Layer + 1}") : "";
            rows.Add(new(topic, name, Format(
                $"dead {layer.Dead.Count} of {layer.Deviations.Count} · beyond ±0.99 {layer.SaturatedShare:0.# %}")));
            topic = "";
        }
    }

    internal static string FormatVector(IReadOnlyList<double> values)
        => values.Count <= 4 ? string.Join(",", values.Select(value => Format($"{value:G3}")))
            : Format($"{values[0]:G3},{values[1]:G3},…");
}
