using LatchLab.Dynamics;
using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Numerics;

namespace LatchLab.Diagnosis;

/// <summary>
/// The picture of a bifurcation diagram: for each chosen unit the outputs in the long run over the parameter, as cells
/// in the colour of the kind of motion, and below them the largest Lyapunov exponent.
/// </summary>
internal static class BifurcationFigure
{
    /// <summary>The id of the figure.</summary>
    public const string Id = "bifurcation";

    private const int Rows = 300;       // about one cell for a pixel
    private const double Margin = 0.02; // above and below the outputs
    private const double SmallestRange = 1e-9; // of the outputs; a smaller one is that of one output with its errors

    // What is drawn on top of the others comes first: fixed points are lines, which motions would hide.
    private static readonly (Func<Branch, bool> Matches, Region Region)[] Layers =
    [
        (branch => branch is { Kind: BranchKind.Periodic, Period: 1 }, new("", 0, "stable fixed point")),
        (branch => branch.Kind == BranchKind.MarginalFixedPoint, new("", 7, "marginal fixed point")),
        (branch => branch.Kind == BranchKind.UnstableFixedPoint, new("", Series.TextColour, "unstable fixed point")),
        (branch => branch is { Kind: BranchKind.Periodic, Period: 2 }, new("", 1, "period 2")),
        (branch => branch.Kind == BranchKind.Periodic, new("", 2, "longer period")),
        (branch => branch.Kind == BranchKind.Chaotic, new("", 3, "chaotic")),
        (branch => branch.Kind == BranchKind.QuasiPeriodic, new("", 4, "quasi-periodic")),
        (branch => branch.Kind == BranchKind.Undecided, new("undecided", Region.Grey)),
    ];

    /// <summary>Creates the figure.</summary>
    public static Figure Create(
        IReadOnlyList<BifurcationColumn> diagram, string parameter, IReadOnlyList<int> units,
        BifurcationOptions options)
    {
        var axis = new Axis(parameter);
        Chart? exponents = ExponentChart.CreateOrNull(diagram, axis);
        return new(
            Id,
            exponents is null ? $"Attractors over {parameter}" : $"Attractors and Lyapunov exponent over {parameter}",
            $"At each of {NumberFormat.GroupThousands(diagram.Count)} values of {parameter}, the outputs in the long " +
                $"run of {NumberFormat.WithNoun(options.Starts, "orbit")} from random starts: the points of each " +
                $"attractor of a period up to {BifurcationDiagram.MaxPeriod}, otherwise " +
                $"{NumberFormat.GroupThousands(options.Keep)} states after " +
                $"{NumberFormat.GroupThousands(options.Discard)} steps. Attractors with small basins may be missing. " +
                DescribeFixedPoints(diagram) +
                (exponents is null
                    ? "λ, the largest Lyapunov exponent of an attractor, is nowhere both known and finite."
                    : "Bottom: λ, the largest Lyapunov exponent of each attractor" +
                        (HasMarginal(diagram) ? " and marginal fixed point" : "") + ", in natural logarithms per " +
                        "step; of orbits without a period whose exponents agree within their errors, the mean.") +
                ExponentChart.DescribeOmitted(diagram, exponents),
            [
                .. units.Index().Select(unit => CreateMap(diagram, unit.Index, unit.Item, axis)),
                .. exponents is null ? (Panel[])[] : [exponents],
            ],
            Columns: 1,
            CreateTable(diagram, units));
    }

    /// <summary>Which of the other fixed points are drawn, as sentences with a space after each.</summary>
    private static string DescribeFixedPoints(IReadOnlyList<BifurcationColumn> diagram)
    {
        int Count(IndexVerdict verdict) => diagram.Count(column => column.FixedPointIndices == verdict);
        string At(int count) => $"at {NumberFormat.WithNoun(count, "value")}";

        int proved = Count(IndexVerdict.ProvedComplete), incomplete = Count(IndexVerdict.Incomplete);
        string marginal = HasMarginal(diagram)
            ? "Marginal: the eigenvalues are closer to the unit circle than their error, from rounding or from a " +
                "kink of the map. " : "";
        return marginal + (proved == diagram.Count ? "All fixed points are drawn, stable or not. "
            : proved > 0 ? $"All fixed points are drawn, stable or not, except that {At(diagram.Count - proved)} " +
                "rounding hides whether there are more. "
            : "The other fixed points are those that Newton's method found from random starts and from the points at " +
                "neighbouring values; " + (incomplete > 0
                    ? $"{At(incomplete)} some are missing, because the indices do not add to 1. "
                    : Count(IndexVerdict.ConsistentWithComplete) == diagram.Count
                        ? "their indices add to 1, as they must if none is missing. " : "others may be missing. "));
    }

    private static bool HasMarginal(IReadOnlyList<BifurcationColumn> diagram)
        => diagram.Any(column => column.Branches.Any(branch => branch.Kind == BranchKind.MarginalFixedPoint));

    private static RegionMap CreateMap(IReadOnlyList<BifurcationColumn> diagram, int index, int unit, Axis axis)
    {
        double[] outputs =
            [.. diagram.SelectMany(column => column.Branches).SelectMany(branch => branch.Outputs[index])];
        double lowest = outputs.Append(double.MaxValue).Min(), highest = outputs.Append(double.MinValue).Max();
        if (!(lowest <= highest))
            (lowest, highest) = (-1.0, 1.0); // every orbit diverged
        double size = Math.Max(1.0, Math.Max(Math.Abs(lowest), Math.Abs(highest)));
        double margin = highest - lowest > SmallestRange * size ? Margin * (highest - lowest) : 0.5 * size;
        var range = new Interval(lowest - margin, highest + margin);
        int columns = diagram.Count;
        var cells = new int[columns * Rows];
        Array.Fill(cells, RegionMap.NoRegion);
        Dictionary<int, int[]> continued = []; // [number of an attractor]: the rows of its points in the last column
        foreach ((int x, BifurcationColumn column) in diagram.Index())
        {
            foreach (Branch branch in column.Branches)
            {
                int layer = Array.FindIndex(Layers, layer => layer.Matches(branch));
                if (branch is { Number: { } number, Period: <= 2 })
                {
                    int[] rows = [.. branch.Outputs[index].Select(output => FindRow(range, output)).Order()];
                    if (x > 0 && diagram[x - 1].Branches.Any(before => before.Number == number))
                        MarkBetween(continued[number], rows, x, layer);
                    continued[number] = rows;
                }

                foreach (double output in branch.Outputs[index])
                {
                    int row = FindRow(range, output);
                    Mark(row, x, layer);
                    if (branch.Period > 0)
                        Mark(row + 1, x, layer); // a line, of which one row would be hard to see
                }
            }
        }

        // A steep curve has no gaps. The points of a longer orbit are too close to each other to be joined by rank.
        void MarkBetween(int[] before, int[] rows, int x, int layer)
        {
            foreach ((int from, int to) in before.Zip(rows))
            {
                for (int row = Math.Min(from, to) + 1; row < Math.Max(from, to); row++)
                    Mark(row, x, layer);
            }
        }

        void Mark(int row, int x, int layer)
        {
            ref int cell = ref cells[(row * columns) + x];
            cell = cell == RegionMap.NoRegion ? layer : Math.Min(cell, layer);
        }

        int[] used = [.. cells.Where(cell => cell != RegionMap.NoRegion).Distinct().Order()];
        return new(
            "", axis, new Axis($"output of unit {unit}"),
            BasinRegions.ComputeCellEdges([.. diagram.Select(column => column.Value)]),
            InitialConditions.Linspace(range, Rows + 1),
            [.. used.Select(layer => Layers[layer].Region)],
            [.. cells.Select(cell => Array.IndexOf(used, cell))], // an index below 0 is NoRegion
            [])
        {
            IsCore = [.. cells.Select(cell => cell >= 0 && Layers[cell].Region.CoreName.Length > 0)],
        };
    }

    private static int FindRow(Interval range, double output)
        => Math.Clamp((int)((output - range.Lower) / range.Width * Rows), 0, Rows - 2);

    /// <summary>
    /// A row for each branch: all points of a periodic orbit, the range of another one, for each unit.
    /// </summary>
    private static Table CreateTable(IReadOnlyList<BifurcationColumn> diagram, IReadOnlyList<int> units)
        => new(
            [
                "value", "kind", "period", "lyapunov_exponent",
                .. units.SelectMany(unit => (string[])[$"output_{unit}", $"lowest_{unit}", $"highest_{unit}"]),
            ],
            [
                .. from column in diagram
                   from branch in column.Branches
                   select (IReadOnlyList<string>)
                   [
                       Table.FormatNumber(column.Value), BifurcationReport.FormatKind(branch.Kind),
                       Table.FormatInteger(branch.Period), Table.FormatNumber(branch.Exponent),
                       .. branch.Outputs.SelectMany(outputs => (string[])
                       [
                           branch.Period == 0 ? "" : string.Join(' ', outputs.Select(Table.FormatNumber)),
                           Table.FormatNumber(outputs.Min()), Table.FormatNumber(outputs.Max()),
                       ]),
                   ],
            ]);
}
