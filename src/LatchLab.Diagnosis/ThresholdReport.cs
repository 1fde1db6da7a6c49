using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Networks;

namespace LatchLab.Diagnosis;

/// <summary>The report on a network of threshold units, whose states were enumerated.</summary>
public static class ThresholdReport
{
    private const string Section = "storage";

    /// <summary>What a network without derivatives does not have.</summary>
    public static IReadOnlyList<string> UndefinedQuantities { get; } =
    [
        "eigenvalues", "reduced attracting sets Γ", "noise certificates", "the decay of the gradient",
        "Lyapunov exponents",
    ];

    /// <summary>Creates the report.</summary>
    /// <param name="dynamics">The results.</param>
    /// <param name="network">The network.</param>
    /// <param name="constantInputs">The constant inputs.</param>
    /// <param name="name">The name of the network, for example its file.</param>
    public static Report Create(
        ThresholdDynamics dynamics, NetworkDefinition network, IReadOnlyList<double> constantInputs, string name)
        => new(
            $"The dynamics of {name}",
            [
                ("Network", $"{network.Kind}, {network.Unit}"),
                ("State", "outputs x = ±1"),
                ("Variables", Table.FormatInteger(dynamics.Units)),
                ("Constant inputs", NetworkReport.FormatNumbers(constantInputs)),
                ("LatchLab", ProgramVersion.Text),
            ],
            [],
            [],
            [])
        {
            Summary = [.. Summarize(dynamics)],
            Sections = [.. CreateSections(dynamics)],
        };

    /// <summary>The outcome in three sentences.</summary>
    public static IEnumerable<SummarySentence> Summarize(ThresholdDynamics dynamics)
    {
        yield return new(
            $"Of its {NumberFormat.WithNoun(dynamics.StateCount, "state")}, all enumerated, " +
                $"{NumberFormat.GroupThousands(dynamics.FixedPointCount)} are fixed points; there are " +
                $"{NumberFormat.WithNoun(dynamics.AttractorCount, "attractor")}.",
            Section);
        yield return new(
            dynamics.Attractors.Min(attractor => attractor.FewestFlips) is { } flips
                ? $"From a state of a listed attractor, a change of {NumberFormat.WithNoun(flips, "unit")} can lead " +
                    "into another basin; fewer cannot."
                : "There is only one basin: no change of units leads out of it.",
            Section);
        yield return new(DescribeInitialState(dynamics), Section);
    }

    /// <summary>The results as text and a table; the terminal and the report show the same.</summary>
    public static IEnumerable<ReportSection> CreateSections(ThresholdDynamics dynamics)
    {
        yield return new(
            Section,
            "Storage capacity",
            [
                $"The network has {NumberFormat.WithNoun(dynamics.Units, "threshold unit")} and " +
                    $"{NumberFormat.WithNoun(dynamics.StateCount, "state")}, all of which were enumerated: " +
                    $"{NumberFormat.WithNoun(dynamics.AttractorCount, "attractor")}, " +
                    $"{NumberFormat.GroupThousands(dynamics.FixedPointCount)} of them fixed points. Basins and " +
                    "transients are exact; the longest transient has " +
                    $"{NumberFormat.WithNoun(dynamics.LongestTransient, "step")}.",
                DescribeInitialState(dynamics),
                "Flips: the smallest number of units of which a change of sign, at some state of the attractor, " +
                    "moves the network into another basin.",
                $"A threshold has no derivative, so these are not defined: {string.Join(", ", UndefinedQuantities)}.",
                .. dynamics.AttractorCount > dynamics.Attractors.Count
                    ? (string[])[$"The {dynamics.Attractors.Count} attractors with the largest basins are listed."]
                    : [],
                .. dynamics.Attractors.Count > TableFormat.MaximumShownRows
                    ? (string[])[$"The first {TableFormat.MaximumShownRows} of them are shown."] : [],
            ])
        {
            Table = new ReportTable(
                ["no", "kind", "outputs x", "basin", "share", "longest transient", "mean transient", "flips"],
                [
                    .. dynamics.Attractors.Take(TableFormat.MaximumShownRows)
                        .Select((attractor, i) => CreateRow(dynamics, i + 1, attractor)),
                ],
                new Table(
                    [
                        "no", "kind", "phase", "unit", "output", "basin_states", "basin_share", "longest_transient",
                        "mean_transient", "flips",
                    ],
                    [.. dynamics.Attractors.SelectMany((attractor, i) => CreateRows(dynamics, i + 1, attractor))])),
        };
    }

    /// <summary>The kind of an attractor, in words.</summary>
    public static string DescribeKind(ThresholdAttractor attractor)
        => attractor.Period == 1 ? "fixed point" : $"orbit of period {attractor.Period}";

    private static string DescribeInitialState(ThresholdDynamics dynamics)
        => $"From x_0 = {TableFormat.FormatVector(dynamics.InitialState)} the network reaches " +
            (dynamics.InitialAttractor is { } index ? $"attractor {index + 1}" : "an attractor that is not listed") +
            $" after {NumberFormat.WithNoun(dynamics.InitialTransient, "step")}.";

    private static string[] CreateRow(ThresholdDynamics dynamics, int number, ThresholdAttractor attractor)
        =>
        [
            Table.FormatInteger(number),
            DescribeKind(attractor),
            string.Join(" → ", attractor.States.Take(2).Select(state => FormatSigns(dynamics.GetOutputs(state)))) +
                (attractor.Period > 2 ? " → …" : ""),
            NumberFormat.GroupThousands(attractor.BasinSize),
            NumberFormat.Percent((double)attractor.BasinSize / dynamics.StateCount),
            Table.FormatInteger(attractor.LongestTransient),
            NumberFormat.Short(attractor.MeanTransient),
            attractor.FewestFlips is { } flips ? Table.FormatInteger(flips) : "—",
        ];

    private static IEnumerable<string[]> CreateRows(
        ThresholdDynamics dynamics, int number, ThresholdAttractor attractor)
        => from phase in Enumerable.Range(0, attractor.Period)
           let outputs = dynamics.GetOutputs(attractor.States[phase])
           from unit in Enumerable.Range(0, outputs.Length)
           select new[]
           {
               Table.FormatInteger(number),
               DescribeKind(attractor),
               Table.FormatInteger(phase),
               Table.FormatInteger(unit),
               Table.FormatNumber(outputs[unit]),
               Table.FormatInteger(attractor.BasinSize),
               Table.FormatNumber((double)attractor.BasinSize / dynamics.StateCount),
               Table.FormatInteger(attractor.LongestTransient),
               Table.FormatNumber(attractor.MeanTransient),
               attractor.FewestFlips?.ToString(CultureInfo.InvariantCulture) ?? "",
           };

    private static string FormatSigns(IEnumerable<double> outputs)
        => string.Concat(outputs.Select(output => output > 0.0 ? '+' : '−'));
}
