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
    private const double VisibleDifference = 0.01;
    private const double LowestExponent = -2.0;  // it tends to −∞ where a derivative is 0

    // What is drawn on top of the others comes first.
    private static readonly (Func<Branch, bool> Matches, Region Region)[] Layers =
    [
        (branch => branch is { Kind: BranchKind.Periodic, Period: 1 }, new("", 0, "stable fixed point")),
        (branch => branch is { Kind: BranchKind.Periodic, Period: 2 }, new("", 1, "period 2")),
        (branch => branch.Kind == BranchKind.Periodic, new("", 2, "longer period")),
        (branch => branch.Kind == BranchKind.Chaotic, new("", 3, "chaotic")),
        (branch => branch.Kind == BranchKind.QuasiPeriodic, new("", 4, "quasi-periodic")),
        (branch => branch.Kind == BranchKind.Undecided, new("", Region.Grey, "undecided")),
        (branch => branch.Kind == BranchKind.UnstableFixedPoint, new("unstable fixed point", Region.Grey)),
    ];

    /// <summary>Creates the figure.</summary>
    public static Figure Create(
        IReadOnlyList<BifurcationColumn> diagram, string parameter, IReadOnlyList<int> units,
        BifurcationOptions options)
    {
        var axis = new Axis(parameter);
        Chart exponents = CreateExponents(diagram, axis);
        return new(
            Id,
            $"Attractors and Lyapunov exponent over {parameter}",
            $"At each of {NumberFormat.GroupThousands(diagram.Count)} values of {parameter}, the outputs in the long " +
                $"run of {NumberFormat.WithNoun(options.Starts, "orbit")} from random starts: the points of each " +
                $"attractor of a period up to {BifurcationDiagram.MaxPeriod}, otherwise " +
                $"{NumberFormat.GroupThousands(options.Keep)} states after " +
                $"{NumberFormat.GroupThousands(options.Discard)} steps. Attractors with small basins may be missing. " +
                "Bottom: the largest Lyapunov exponent λ of the attractors, in natural logarithms per step" +
                (exponents.Y.Minimum is { } end ? $"; it is drawn down to {NumberFormat.Short(end)}." : "."),
            [
                .. units.Index().Select(unit => CreateMap(diagram, unit.Index, unit.Item, axis)),
                exponents,
            ],
            Columns: 1,
            CreateTable(diagram, units));
    }

    private static RegionMap CreateMap(IReadOnlyList<BifurcationColumn> diagram, int index, int unit, Axis axis)
    {
        double[] outputs =
            [.. diagram.SelectMany(column => column.Branches).SelectMany(branch => branch.Outputs[index])];
        double lowest = outputs.Append(double.MaxValue).Min(), highest = outputs.Append(double.MinValue).Max();
        if (!(lowest <= highest))
            (lowest, highest) = (-1.0, 1.0); // every orbit diverged
        double margin = Math.Max(Margin * (highest - lowest), 1e-9 * Math.Max(1.0, Math.Abs(lowest)));
        var range = new Interval(lowest - margin, highest + margin);
        int columns = diagram.Count;
        var cells = new int[columns * Rows];
        Array.Fill(cells, RegionMap.NoRegion);
        foreach ((int x, BifurcationColumn column) in diagram.Index())
        {
            foreach (Branch branch in column.Branches)
            {
                int layer = Array.FindIndex(Layers, layer => layer.Matches(branch));
                foreach (double output in branch.Outputs[index])
                {
                    int row = FindRow(range, output);
                    Mark(row, x, layer);
                    if (branch.Period > 0)
                        Mark(row + 1, x, layer); // a line, of which one row would be hard to see
                }
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

    private static Chart CreateExponents(IReadOnlyList<BifurcationColumn> diagram, Axis axis)
    {
        DataPoint[] Select(Func<IEnumerable<double>, double> select)
            =>
            [
                .. diagram.Select(column => new DataPoint(column.Value, select(
                    column.Branches.Where(branch => branch.IsAttractor).Select(branch => branch.Exponent)
                        .DefaultIfEmpty(double.NaN)))),
            ];

        DataPoint[] largest = Select(Enumerable.Max), smallest = Select(Enumerable.Min);
        bool differ = largest.Zip(smallest).Any(pair => pair.First.Y - pair.Second.Y > VisibleDifference);
        bool isCut = smallest.Any(point => point.Y < LowestExponent) && largest.Any(point => point.Y > LowestExponent);
        return new(
            "", axis, new Axis("λ", Minimum: isCut ? LowestExponent : null),
            [
                new("largest among the attractors", SeriesKind.Path, largest, 0),
                .. differ ? (Series[])[new("smallest", SeriesKind.Path, smallest, 1)] : [],
                Series.CreateLevel("0", 0.0),
            ]);
    }

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
