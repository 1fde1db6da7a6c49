using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// From cells back to the axes that they are the product of. A field spans an axis if it takes its values one after
/// another, each in as many cells in a row (the stride of the axis), and then begins anew; a field whose value follows
/// from the point on such an axis belongs to it. Cells that are no such product lie along one axis, on which all fields
/// change together.
/// </summary>
public static class SweepAxes
{
    /// <summary>The axes, the last fastest; none for a single cell.</summary>
    /// <param name="configurations">Cells that all have the same fields.</param>
    /// <exception cref="ArgumentException">They have not.</exception>
    public static IReadOnlyList<SweepAxis> Infer(IReadOnlyList<Configuration> configurations)
    {
        IReadOnlyList<ConfigurationSetting>[] settingsOfConfigurations = [
            .. configurations.Select(ConfigurationSettings.GetSettings)];
        if (settingsOfConfigurations.Any(
            row => !row.Select(setting => setting.Field).SequenceEqual(
                settingsOfConfigurations[0].Select(firstSetting => firstSetting.Field))))
            throw new ArgumentException("Cells with different fields have no axes: make parts of them.",
                nameof(configurations));
        Column[] varyingColumns =
        [
            .. settingsOfConfigurations[0].Select(
                (setting, i) => new Column(setting.Field, [.. settingsOfConfigurations.Select(row => row[i].Value)]))
                .Where(column => column.DistinctCount > 1),
        ];
        if (varyingColumns.Length == 0)
            return [];
        AxisLayout[] axes = [
            .. varyingColumns.Where(column => column.IsFunctionOf(column.SpannedAxis)).Select(
                column => column.SpannedAxis).Distinct()
            .OrderByDescending(axis => axis.Stride)];
        bool isProduct = axes.Aggregate(1L, (product, axis) => product * axis.Points) == configurations.Count
            && varyingColumns.All(column => axes.Any(column.IsFunctionOf));
        return [.. (isProduct ? axes : [new AxisLayout(1, configurations.Count)]).Select(axis => CreateAxis(
            axis, [.. varyingColumns.Where(column => column.IsFunctionOf(axis))]))];
    }

    /// <summary>Whether an axis is drawn on a scale of ratios unless somebody says otherwise.</summary>
    /// <param name="values">[point][field], as in <see cref="SweepAxis"/>: the first field says.</param>
    public static bool IsLogarithmic(IReadOnlyList<IReadOnlyList<string>> values)
        => SweepRange.IsGeometric([.. values.Select(point => point[0])]);

    private static SweepAxis CreateAxis(AxisLayout axis, Column[] columns)
    {
        IReadOnlyList<string>[] values =
        [
            .. Enumerable.Range(0, axis.Points).Select(point => (IReadOnlyList<string>)
                [.. columns.Select(column => column.Values[point * axis.Stride])]),
        ];
        return new([.. columns.Select(column => column.Field)], values, IsLogarithmic(values));
    }

    /// <summary>Where an axis is among the cells: cells in a row that share a point of it, and its points.</summary>
    private readonly record struct AxisLayout(int Stride, int Points);

    /// <summary>The values of a field in all cells.</summary>
    private sealed class Column(string name, string[] values)
    {
        public string Field => name;

        public string[] Values => values;

        public int DistinctCount { get; } = values.Distinct().Count();

        /// <summary>The axis that it spans if it spans one.</summary>
        public AxisLayout SpannedAxis => new(Array.FindIndex(values, value => value != values[0]), DistinctCount);

        /// <summary>Whether its value is a function of the point on an axis.</summary>
        public bool IsFunctionOf(AxisLayout axis)
            => values.Index().All(configuration
                => configuration.Item == values[configuration.Index / axis.Stride % axis.Points * axis.Stride]);
    }
}
