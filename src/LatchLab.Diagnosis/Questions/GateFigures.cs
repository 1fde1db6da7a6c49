using LatchLab.Figures;

namespace LatchLab.Diagnosis.Questions;

/// <summary>The pictures of the gates: how open they are, and when.</summary>
internal static class GateFigures
{
    private const int Columns = 2;

    /// <summary>The histogram of each gate, and the mean of each unit.</summary>
    public static Figure CreateShares(IReadOnlyList<GateStatistics> gates)
    {
        Series[] histograms =
        [
            .. gates.Select((gate, index) => new Series(
                NameOf(gate), SeriesKind.Curve,
                [.. gate.Histogram.Select((share, bin) => new DataPoint(CentreOf(bin), share))], index)),
        ];
        Series[] means =
        [
            .. gates.Select((gate, index) => new Series(
                NameOf(gate), SeriesKind.Curve,
                [.. gate.MeansByUnit.Order().Select((mean, i) => new DataPoint(i + 1, mean))], index)),
        ];
        return new(
            "gates", "Gates",
            FormattableString.Invariant($"Left: the share of the values of each gate in {GateStatistics.Bins} bins ") +
                "over all units, sequences and steps. Right: the mean of each unit, in ascending order.",
            [
                new Chart("", new Axis("value of the gate", 0, 1), new Axis("share", Minimum: 0), histograms),
                new Chart("", new Axis("units in ascending order"), new Axis("mean of the gate", 0, 1), means),
            ], Columns,
            new Table(
                ["gate", "quantity", "bin_or_unit", "value"],
                [
                    .. gates.SelectMany(gate => gate.Histogram.Select(
                        (share, bin) => Row(gate, "share", CentreOf(bin), share))),
                    .. gates.SelectMany(gate => gate.MeansByUnit.Select(
                        (mean, unit) => Row(gate, "mean", unit, mean))),
                ]));
    }

    /// <summary>Each gate of the first sequence: units × time.</summary>
    public static Figure CreateTimes(IReadOnlyList<GateStatistics> gates)
        => new(
            "gates-in-time", "Gates in time",
            $"The gates of all units in the first {gates[0].FirstSequence.Count} steps of the first sequence.",
            [
                .. gates.Select(gate => new HeatMap(
                    NameOf(gate), new Axis("step"), new Axis("unit"),
                    [.. Enumerable.Range(1, gate.FirstSequence.Count).Select(step => (double)step)],
                    [.. Enumerable.Range(0, gate.MeansByUnit.Count).Select(unit => (double)unit)],
                    [.. Enumerable.Range(0, gate.MeansByUnit.Count).Select(unit => (IReadOnlyList<double>)
                        [.. gate.FirstSequence.Select(step => step[unit])])],
                    "value of the gate")),
            ], Math.Min(Columns, gates.Count),
            new Table(
                ["gate", "step", "unit", "value"],
                [
                    .. gates.SelectMany(gate => gate.FirstSequence.SelectMany((values, step) => values.Select(
                        (value, unit) => (IReadOnlyList<string>)
                        [
                            NameOf(gate), Table.FormatInteger(step + 1), Table.FormatInteger(unit),
                            Table.FormatNumber(value),
                        ]))),
                ]));

    private static string NameOf(GateStatistics gate)
        => gate.Layer == 0 ? gate.Name : FormattableString.Invariant($"{gate.Name} {gate.Layer + 1}");

    private static double CentreOf(int bin) => (bin + 0.5) / GateStatistics.Bins;

    private static IReadOnlyList<string> Row(GateStatistics gate, string quantity, double place, double value)
        => [NameOf(gate), quantity, Table.FormatNumber(place), Table.FormatNumber(value)];
}
