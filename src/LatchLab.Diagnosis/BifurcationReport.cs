using System.Globalization;
using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Diagnosis;

/// <summary>
/// The report on a bifurcation diagram: the attractors over the parameter, the largest Lyapunov exponent, and the
/// values between which the attractors change.
/// </summary>
public static class BifurcationReport
{
    private const string ChangesId = "changes";

    /// <summary>Creates the report.</summary>
    /// <param name="diagram">The columns, two or more, in ascending order of the values.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="units">The units whose outputs the columns have.</param>
    /// <param name="options">The number of columns and the effort.</param>
    /// <param name="network">The source of the network.</param>
    /// <param name="inputs">The constant inputs; the varied one has no value of its own.</param>
    /// <param name="animation">A further figure; null for none.</param>
    public static Report Create(
        IReadOnlyList<BifurcationColumn> diagram, string parameter, IReadOnlyList<int> units,
        BifurcationOptions options, string network, IReadOnlyList<double> inputs, Figure? animation = null)
        => new(
            $"{Path.GetFileName(network)} over {parameter}",
            [
                ("Network", network),
                ("Parameter", $"{parameter} from {NumberFormat.Short(diagram[0].Value)} to " +
                    NumberFormat.Short(diagram[^1].Value)),
                ("Constant inputs", inputs.Count == 0 ? "none" : NetworkReport.FormatNumbers(inputs)),
                ("Columns", NumberFormat.GroupThousands(diagram.Count)),
                ("Orbits at each value", NumberFormat.GroupThousands(options.Starts)),
                ("Seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
                ("LatchLab", ProgramVersion.Text),
            ],
            [
                BifurcationFigure.Create(diagram, parameter, units, options),
                .. animation is null ? [] : (Figure[])[animation],
            ],
            [],
            [])
        {
            Summary = [.. Summarize(diagram, parameter)],
            Sections = [CreateChanges(diagram, parameter)],
        };

    /// <summary>The outcome in a few sentences.</summary>
    public static IEnumerable<SummarySentence> Summarize(IReadOnlyList<BifurcationColumn> diagram, string parameter)
    {
        foreach (BifurcationColumn column in (BifurcationColumn[])[diagram[0], diagram[^1]])
            yield return new($"At {parameter} = {NumberFormat.Short(column.Value)}: {Describe(column)}.");
        (double Value, Branch Branch)[] attractors =
        [
            .. from column in diagram from branch in column.Branches where branch.IsAttractor
               select (column.Value, branch),
        ];
        if (attractors.Length == 0)
            yield break;
        (double Value, Branch Branch)[] chaotic =
            [.. attractors.Where(entry => entry.Branch.Kind == BranchKind.Chaotic)];
        if (chaotic.Length == 0)
        {
            yield return new("No chaotic attractor was found.", BifurcationFigure.Id);
            yield break;
        }

        (double value, Branch largest) = chaotic.MaxBy(entry => entry.Branch.Exponent);
        yield return new(
            "Chaotic attractors were found at " +
                $"{NumberFormat.WithNoun(chaotic.DistinctBy(entry => entry.Value).Count(), "value")}; the largest " +
                $"Lyapunov exponent, about {largest.Exponent.ToString("F2", CultureInfo.InvariantCulture)} per step, " +
                $"is at {parameter} = " +
                $"{NumberFormat.Short(value)}.",
            BifurcationFigure.Id);
    }

    /// <summary>The values between which the attractors that were found change.</summary>
    public static ReportSection CreateChanges(IReadOnlyList<BifurcationColumn> diagram, string parameter)
    {
        (int Index, string Before, string After)[] changes =
        [
            .. from pair in diagram.Zip(diagram.Skip(1)).Index()
               where Differ(pair.Item.First, pair.Item.Second)
               select (pair.Index, Describe(pair.Item.First), Describe(pair.Item.Second)),
        ];
        string[] CreateRow((int Index, string Before, string After) change, Func<double, string> format)
            =>
            [
                format(diagram[change.Index].Value), format(diagram[change.Index + 1].Value), change.Before,
                change.After,
            ];

        return new(
            ChangesId,
            "Where the attractors change",
            [
                $"Neighbouring values of {parameter} at which different attractors were found: " +
                    NumberFormat.WithNoun(changes.Length, "change") +
                    (changes.Length > TableFormat.MaximumShownRows
                        ? $", of which the first {TableFormat.MaximumShownRows} are shown." : "."),
            ])
        {
            Table = new ReportTable(
                ["between", "and", "attractors below", "attractors above"],
                [.. changes.Take(TableFormat.MaximumShownRows).Select(c => CreateRow(c, TableFormat.SixDigits))],
                new Table(
                    ["from", "to", "below", "above"],
                    [.. changes.Select(change => CreateRow(change, Table.FormatNumber))])),
        };
    }

    /// <summary>
    /// Whether the attractors of two columns differ, apart from a point at a kink that is stable in one and undecided
    /// in the other: the bound on its sides ends there, and perhaps not its stability.
    /// </summary>
    private static bool Differ(BifurcationColumn first, BifurcationColumn second)
    {
        int?[] undecided =
        [
            .. from branch in first.Branches
               from other in second.Branches
               where branch.IsAtKink && other.IsAtKink && branch.Number is not null && branch.Number == other.Number
                   && branch.Kind != other.Kind
               select branch.Number,
        ];
        string DescribeDecided(BifurcationColumn column)
        {
            Branch[] decided =
                [.. column.Branches.Where(branch => branch.Number is null || !undecided.Contains(branch.Number))];
            return Describe(column with { Branches = decided });
        }

        return DescribeDecided(first) != DescribeDecided(second);
    }

    /// <summary>The kind of a branch, as a word of the data.</summary>
    public static string FormatKind(BranchKind kind) => kind switch
    {
        BranchKind.Periodic => "periodic",
        BranchKind.QuasiPeriodic => "quasi-periodic",
        BranchKind.Chaotic => "chaotic",
        BranchKind.Undecided => "undecided",
        BranchKind.MarginalFixedPoint => "marginal fixed point",
        _ => "unstable fixed point",
    };

    /// <summary>
    /// The attractors and undecided orbits of a column, for example <c>2 fixed points, 1 orbit of period 2</c>.
    /// </summary>
    public static string Describe(BifurcationColumn column)
    {
        string[] kinds =
        [
            .. from branch in column.Branches
               where branch.IsAttractor
               group branch by (branch.Kind, branch.Period) into same
               orderby same.Key
               select same.Key.Kind switch
               {
                   BranchKind.Chaotic => "chaos",
                   BranchKind.QuasiPeriodic => "quasi-periodic motion",
                   _ when same.Key.Period == 1 => NumberFormat.WithNoun(same.Count(), "stable fixed point"),
                   _ => $"{NumberFormat.WithNoun(same.Count(), "stable orbit")} of period {same.Key.Period}",
               },
        ];
        bool isUndecided = column.Branches.Any(branch => branch.Kind == BranchKind.Undecided);
        string undecided = isUndecided ? ", undecided motion" : "";
        Branch[] marginal = [.. column.Branches.Where(branch => branch.Kind == BranchKind.MarginalFixedPoint)];
        int known = marginal.Count(branch => branch.Number is not null);
        string resting = marginal.Length == known ? "" : known == 0 ? "orbits at rest at marginal fixed points"
            : ", orbits at rest at others";
        return kinds.Length > 0 ? string.Join(", ", kinds) + undecided
            : marginal.Length > 0
                ? (known == 0 ? "" : NumberFormat.WithNoun(known, "marginal fixed point")) + resting + undecided +
                (column.DivergentOrbits > 0 ? ", other orbits diverge" : "")
            : isUndecided ? "undecided motion"
            : column.DivergentOrbits > 0 ? "all orbits diverge" : "no attractor was found";
    }
}
