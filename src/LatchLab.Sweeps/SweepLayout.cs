using System.Text.Json.Serialization;

namespace LatchLab.Sweeps;

/// <summary>
/// The shape of a plan without the settings of its configurations: what a report needs after the run, without the
/// files that the run read. Ledgers store it as JSON; the field names are those of version 0.1 and are never renamed.
/// </summary>
/// <param name="Name">The name of the sweep.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="ReportOptions">How the report shows it.</param>
public sealed record SweepLayout(
    string Name,
    IReadOnlyList<PartLayout> Parts,
    [property: JsonPropertyName("report")] ReportOptions ReportOptions)
{
    /// <summary>
    /// [cell]: what a root mean square error is for a mean cost of 1, in the units of the label, where tests are
    /// measured so, otherwise 0; nothing where no test is.
    /// </summary>
    [JsonPropertyName("unitsAtCostOne")]
    public IReadOnlyList<double> RootMeanSquareErrorScale { get; init; } = [];
}

/// <summary>The shape of a part of a plan.</summary>
/// <param name="Name">Its name; empty where a plan has a single part.</param>
/// <param name="Axes">What is varied; none for a single cell.</param>
/// <param name="TrialsPerConfiguration">Trials of each cell.</param>
public sealed record PartLayout(
    string Name,
    IReadOnlyList<SweepAxis> Axes,
    [property: JsonPropertyName("trials")] int TrialsPerConfiguration)
{
    /// <summary>Number of cells: the product of the axes.</summary>
    [JsonPropertyName("cellCount")]
    public int ConfigurationCount => Axes.Aggregate(1, (product, axis) => checked(product * axis.Values.Count));

    /// <summary>Where a cell lies along each axis; the last axis is the fastest.</summary>
    /// <param name="configuration">Its index in the part.</param>
    public int[] GetCoordinates(int configuration)
    {
        var coordinates = new int[Axes.Count];
        for (int axis = Axes.Count - 1; axis >= 0; axis--)
            (configuration, coordinates[axis]) = Math.DivRem(configuration, Axes[axis].Values.Count);
        return coordinates;
    }

    /// <summary>The cell at a place.</summary>
    /// <param name="coordinates">Where it lies along each axis.</param>
    public int GetConfigurationIndex(IReadOnlyList<int> coordinates)
    {
        int configuration = 0;
        foreach ((int axis, int coordinate) in coordinates.Index())
            configuration = (configuration * Axes[axis].Values.Count) + coordinate;
        return configuration;
    }
}
