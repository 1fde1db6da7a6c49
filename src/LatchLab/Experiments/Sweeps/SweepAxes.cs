namespace LatchLab.Experiments;

/// <summary>
/// From cells back to the axes that they are the product of. A field spans an axis if it takes its values one after
/// another, each in as many cells in a row (the stride of the axis), and then begins anew; a field whose value follows
/// from the point on such an axis belongs to it. Cells that are no such product lie along one axis, on which all fields
/// change together.
/// </summary>
public static class SweepAxes
{
    /// <summary>The axes, the last fastest; none for a single cell.</summary>
    /// <param name="cells">Cells that all have the same fields.</param>
    /// <exception cref="ArgumentException">They have not.</exception>
    public static IReadOnlyList<SweepAxis> Of(IReadOnlyList<Cell> cells)
    {
        IReadOnlyList<CellSetting>[] rows = [.. cells.Select(CellSettings.Of)];
        if (rows.Any(row => !row.Select(setting => setting.Field).SequenceEqual(rows[0].Select(first => first.Field))))
            throw new ArgumentException("Cells with different fields have no axes: make parts of them.", nameof(cells));
        Column[] varied =
        [
            .. rows[0].Select((setting, i) => new Column(setting.Field, [.. rows.Select(row => row[i].Value)]))
                .Where(column => column.Points > 1),
        ];
        if (varied.Length == 0)
            return [];
        Place[] axes = [.. varied.Where(column => column.Follows(column.Axis)).Select(column => column.Axis).Distinct()
            .OrderByDescending(axis => axis.Stride)];
        bool isProduct = axes.Aggregate(1L, (product, axis) => product * axis.Points) == cells.Count
            && varied.All(column => axes.Any(column.Follows));
        return [.. (isProduct ? axes : [new Place(1, cells.Count)]).Select(axis => Axis(
            axis, [.. varied.Where(column => column.Follows(axis))]))];
    }

    /// <summary>Whether an axis is drawn on a scale of ratios unless somebody says otherwise.</summary>
    /// <param name="values">[point][field], as in <see cref="SweepAxis"/>: the first field says.</param>
    public static bool IsLogarithmic(IReadOnlyList<IReadOnlyList<string>> values)
        => SweepRange.StepsAreRatios([.. values.Select(point => point[0])]);

    private static SweepAxis Axis(Place axis, Column[] columns)
    {
        IReadOnlyList<string>[] values =
        [
            .. Enumerable.Range(0, axis.Points).Select(point => (IReadOnlyList<string>)
                [.. columns.Select(column => column.Values[point * axis.Stride])]),
        ];
        return new([.. columns.Select(column => column.Field)], values, IsLogarithmic(values));
    }

    /// <summary>Where an axis is among the cells: cells in a row that share a point of it, and its points.</summary>
    private readonly record struct Place(int Stride, int Points);

    /// <summary>The values of a field in all cells.</summary>
    private sealed class Column(string name, string[] values)
    {
        public string Field => name;

        public string[] Values => values;

        public int Points { get; } = values.Distinct().Count();

        /// <summary>The axis that it spans if it spans one.</summary>
        public Place Axis => new(Array.FindIndex(values, value => value != values[0]), Points);

        /// <summary>Whether its value is a function of the point on an axis.</summary>
        public bool Follows(Place axis)
            => values.Index().All(cell
                => cell.Item == values[cell.Index / axis.Stride % axis.Points * axis.Stride]);
    }
}
