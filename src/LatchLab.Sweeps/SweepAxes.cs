using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// Infers the axes whose product gives a list of configurations. A field spans an axis if it takes its values one after
/// another, each in the same number of consecutive configurations (the stride of the axis), and then repeats. A field
/// whose value is a function of the point on such an axis belongs to that axis. Configurations that are not such a
/// product form a single axis, on which all fields change together.
/// </summary>
public static class SweepAxes
{
    /// <summary>Infers the axes; the last axis varies fastest. None for a single configuration.</summary>
    /// <exception cref="ArgumentException">The configurations have different fields.</exception>
    public static IReadOnlyList<SweepAxis> Infer(IReadOnlyList<TrainingConfiguration> configurations)
    {
        IReadOnlyList<Setting>[] settingsOfConfigurations = [
            .. configurations.Select(ConfigurationSettings.GetSettings)];
        if (settingsOfConfigurations.Any(
            row => !row.Select(setting => setting.Path).SequenceEqual(
                settingsOfConfigurations[0].Select(firstSetting => firstSetting.Path))))
            throw new ArgumentException("Configurations with different fields need separate parts.",
                nameof(configurations));
        Column[] varyingColumns =
        [
            .. settingsOfConfigurations[0].Select(
                (setting, i) => new Column(setting.Path, [.. settingsOfConfigurations.Select(row => row[i].Value)]))
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

    /// <summary>Whether an axis is logarithmic by default.</summary>
    /// <param name="values">[point][field], as in <see cref="SweepAxis"/>; the first field decides.</param>
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

    /// <summary>
    /// The layout of an axis: the number of consecutive configurations that share a point, and the number of points.
    /// </summary>
    private readonly record struct AxisLayout(int Stride, int Points);

    /// <summary>The values of a field in all configurations.</summary>
    private sealed class Column(string name, string[] values)
    {
        public string Field => name;

        public string[] Values => values;

        public int DistinctCount { get; } = values.Distinct().Count();

        /// <summary>The only axis that this field can span.</summary>
        public AxisLayout SpannedAxis => new(Array.FindIndex(values, value => value != values[0]), DistinctCount);

        /// <summary>Whether the value of the field is a function of the point on an axis.</summary>
        public bool IsFunctionOf(AxisLayout axis)
            => values.Index().All(configuration
                => configuration.Item == values[configuration.Index / axis.Stride % axis.Points * axis.Stride]);
    }
}
