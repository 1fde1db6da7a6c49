using System.Text.Json.Serialization;
using LatchLab.Training;

namespace LatchLab.Sweeps;

/// <summary>
/// The parts and axes of a plan, without the settings of its configurations. A report needs only this after the run,
/// not the files that the run read. Ledgers store it as JSON; the field names are those of version 0.1 and are never
/// renamed.
/// </summary>
/// <param name="Name">The name of the sweep.</param>
/// <param name="Parts">The parts.</param>
/// <param name="ReportOptions">The options of the report.</param>
public sealed record SweepLayout(
    string Name,
    IReadOnlyList<PartLayout> Parts,
    [property: JsonPropertyName("report")] ReportOptions ReportOptions)
{
    /// <summary>
    /// [configuration]: the root mean square error at a mean cost of 1, in units of the label; 0 for configurations
    /// without this metric. Empty if no configuration uses it.
    /// </summary>
    [JsonPropertyName("unitsAtCostOne")]
    public IReadOnlyList<double> RootMeanSquareErrorScale { get; init; } = [];

    /// <summary>
    /// [configuration]: the error of guessing on the test sequences of a dataset, which the settings do not tell; 0 for
    /// a configuration without it. Null if no configuration has it.
    /// </summary>
    [JsonPropertyName("datasetChanceErrors")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? DatasetChanceErrors { get; init; }

    /// <summary>
    /// [configuration]: the mean squared error of always giving the mean label of a dataset, in units of the label; 0
    /// for a configuration without it. Null if no configuration has it.
    /// </summary>
    [JsonPropertyName("datasetChanceMeanSquaredErrors")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? DatasetChanceMeanSquaredErrors { get; init; }

    /// <summary>Returns the layout with current names of settings and values in place of former ones.</summary>
    public SweepLayout WithCurrentNames() => this with
    {
        Parts = [.. Parts.Select(part => part with { Axes = [.. part.Axes.Select(axis => axis.WithCurrentNames())] })],
        ReportOptions = ReportOptions with
        {
            X = GetCurrentName(ReportOptions.X),
            Y = GetCurrentName(ReportOptions.Y),
            Series = GetCurrentName(ReportOptions.Series),
        },
    };

    private static string? GetCurrentName(string? field) => field is null ? null : FormerNames.GetName(field);
}

/// <summary>The layout of a part of a plan.</summary>
/// <param name="Name">The name; empty if the plan has a single part.</param>
/// <param name="Axes">The axes; none for a single configuration.</param>
/// <param name="TrialsPerConfiguration">The number of trials of each configuration.</param>
public sealed record PartLayout(
    string Name,
    IReadOnlyList<SweepAxis> Axes,
    [property: JsonPropertyName("trials")] int TrialsPerConfiguration)
{
    /// <summary>The number of configurations: the product of the axes.</summary>
    [JsonPropertyName("cellCount")]
    public int ConfigurationCount => Axes.Aggregate(1, (product, axis) => checked(product * axis.Values.Count));

    /// <summary>Returns the coordinates of a configuration along the axes; the last axis varies fastest.</summary>
    /// <param name="configuration">The index in the part.</param>
    public int[] GetCoordinates(int configuration)
    {
        var coordinates = new int[Axes.Count];
        for (int axis = Axes.Count - 1; axis >= 0; axis--)
            (configuration, coordinates[axis]) = Math.DivRem(configuration, Axes[axis].Values.Count);
        return coordinates;
    }

    /// <summary>Returns the index of the configuration at given coordinates.</summary>
    /// <param name="coordinates">[axis]: the index of the value.</param>
    public int GetConfigurationIndex(IReadOnlyList<int> coordinates)
    {
        int configuration = 0;
        foreach ((int axis, int coordinate) in coordinates.Index())
            configuration = (configuration * Axes[axis].Values.Count) + coordinate;
        return configuration;
    }
}
