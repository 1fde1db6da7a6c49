using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>The figures of one part of a sweep: one for each quantity, curves or heat maps.</summary>
/// <param name="results">All results.</param>
/// <param name="part">The number of the part.</param>
internal sealed class SweepFigures(SweepResults results, int part)
{
    // More panels than these are no figure; their numbers stand in the table of cells.
    private const int MostPanels = 24;

    private readonly PartLayout layout = results.Layout.Parts[part];
    private readonly AxisRoles roles = AxisRoles.Of(results.Layout.Parts[part], results.Layout.Report);
    private readonly (int First, IReadOnlyList<CellResult> Cells) own = results.OfPart(part);

    /// <summary>The figures; none where no axis is one of numbers.</summary>
    public IEnumerable<Figure> Draw(CellTable table)
    {
        if (roles.X is null)
            yield break;
        foreach (Quantity quantity in Quantities())
        {
            Panel[] panels = [.. Combinations().Select(fixedAt => Panel(quantity, fixedAt))];
            if (panels.Length == 0)
                continue;
            string name = layout.Name.Length == 0 ? results.Layout.Name : $"{results.Layout.Name}: {layout.Name}";
            yield return new(
                results.Layout.Parts.Count == 1 ? quantity.Name : FormattableString.Invariant(
                    $"part-{part + 1}-{quantity.Name}"),
                $"{name}: {quantity.Title}",
                $"{Words()} {quantity.Note}",
                panels,
                Columns: Math.Min(panels.Length, panels.Length > 4 ? 3 : 2),
                table.OfPart(part))
            {
                Remark = Remark(),
            };
        }
    }

    private IEnumerable<Quantity> Quantities()
        => from quantity in results.Layout.Report.Quantities is { } names
                ? Quantity.All.Where(quantity => names.Contains(quantity.Name))
                : Quantity.Standard(results)
           where (roles.Y is null || quantity.IsShare)
               && own.Cells.Any(cell => !double.IsNaN(quantity.Of(cell).Value))
           select quantity;

    /// <summary>Every place along the axes that have panels, as far as a figure has room.</summary>
    private IEnumerable<int[]> Combinations()
    {
        IEnumerable<int[]> all = [new int[layout.Axes.Count]];
        foreach (int axis in roles.Panels)
        {
            all = from place in all
                  from value in Enumerable.Range(0, layout.Axes[axis].Values.Count)
                  select (int[])[.. place[..axis], value, .. place[(axis + 1)..]];
        }

        return all.Take(MostPanels);
    }

    private Panel Panel(Quantity quantity, int[] fixedAt)
    {
        string title = string.Join(", ", roles.Panels.Select(axis => AxisRoles.Word(layout.Axes[axis], fixedAt[axis])));
        return roles.Y is { } y
            ? HeatMap(quantity, title, fixedAt, y)
            : new Chart(title, Axis(roles.X!.Value), Axis(quantity), [.. Curves(quantity, fixedAt)]) { Dodged = true };
    }

    private IEnumerable<Series> Curves(Quantity quantity, int[] fixedAt)
    {
        int curves = roles.Series is { } axis ? layout.Axes[axis].Values.Count : 1;
        for (int curve = 0; curve < curves; curve++)
        {
            int[] place = [.. fixedAt];
            if (roles.Series is { } series)
                place[series] = curve;
            yield return new(
                roles.Series is { } named ? AxisRoles.Word(layout.Axes[named], curve) : quantity.Title,
                SeriesKind.Curve,
                [.. Along(roles.X!.Value).Select(point => Point(quantity, place, point))],
                Colour: curve);
        }
    }

    private DataPoint Point(Quantity quantity, int[] place, (double Number, int Index) point)
    {
        Estimate estimate = At(quantity, place, roles.X!.Value, point.Index);
        return new(point.Number, estimate.Value, estimate.Lower, estimate.Upper) { Censored = estimate.IsCensored };
    }

    private HeatMap HeatMap(Quantity quantity, string title, int[] fixedAt, int y)
    {
        var rows = new List<double[]>();
        foreach ((_, int index) in Along(y))
        {
            int[] place = [.. fixedAt];
            place[y] = index;
            rows.Add([.. Along(roles.X!.Value).Select(point => At(quantity, place, roles.X.Value, point.Index).Value)]);
        }

        return new(
            title,
            Axis(roles.X!.Value),
            Axis(y),
            [.. Along(roles.X.Value).Select(point => point.Number)],
            [.. Along(y).Select(point => point.Number)],
            rows,
            quantity.Title);
    }

    /// <summary>The numbers of an axis, ascending, each with its index.</summary>
    private IEnumerable<(double Number, int Index)> Along(int axis)
        => (AxisRoles.Numbers(layout.Axes[axis]) ?? [.. Enumerable.Range(1, layout.Axes[axis].Values.Count)
                .Select(number => (double)number)])
            .Select((number, index) => (number, index)).OrderBy(point => point.number);

    private Estimate At(Quantity quantity, int[] place, int axis, int index)
    {
        int[] there = [.. place];
        there[axis] = index;
        return quantity.Of(own.Cells[layout.CellAt(there)]);
    }

    private Axis Axis(int axis)
        => new(AxisRoles.Name(layout.Axes[axis]), Logarithmic: AxisRoles.IsLogarithmic(layout.Axes[axis]));

    private static Axis Axis(Quantity quantity)
        => quantity.IsShare ? new(quantity.Title, 0.0, 1.0) : new(quantity.Title, Logarithmic: true);

    private string Words()
    {
        long ended = own.Cells.Sum(cell => cell.Totals.Trials), planned = (long)layout.Trials * own.Cells.Count;
        string trials = FormattableString.Invariant($"{layout.Trials:N0} trials of each cell");
        return ended == planned
            ? $"{trials}."
            : FormattableString.Invariant($"{trials}; {ended:N0} of {planned:N0} have ended so far.");
    }

    private string Remark()
    {
        long all = roles.Panels.Aggregate(1L, (product, axis) => product * layout.Axes[axis].Values.Count);
        return all > MostPanels
            ? FormattableString.Invariant($"The first {MostPanels} of {all:N0} panels; the table of cells has all.")
            : "";
    }
}
