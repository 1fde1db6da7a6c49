using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>What a sweep gave, or has given so far: all that its report is made from.</summary>
/// <param name="Layout">Its parts and axes.</param>
/// <param name="Configurations">Its cells, through all parts.</param>
public sealed record SweepResults(SweepLayout Layout, IReadOnlyList<ConfigurationResult> Configurations)
{
    /// <summary>Facts about the run, for the head of the report: seed, versions, machine.</summary>
    public IReadOnlyList<(string Name, string Value)> Metadata { get; init; } = [];

    /// <summary>Logs of trials of a few cells, by cell and trial.</summary>
    public IReadOnlyList<TrialLog> Logs { get; init; } = [];

    /// <summary>The part of a cell.</summary>
    public PartLayout GetPart(int configuration)
    {
        int part = 0;
        for (int first = Layout.Parts[0].ConfigurationCount; configuration
            >= first; first += Layout.Parts[part].ConfigurationCount)
            part++;
        return Layout.Parts[part];
    }

    /// <summary>The cells of a part, and the number of the first of them.</summary>
    public (int First, IReadOnlyList<ConfigurationResult> Cells) GetPartResults(int part)
    {
        int first = Layout.Parts.Take(part).Sum(previousPart => previousPart.ConfigurationCount);
        return (first, [.. Configurations.Skip(first).Take(Layout.Parts[part].ConfigurationCount)]);
    }
}

/// <summary>A cell with what came out of its trials.</summary>
/// <param name="Settings">Field with its section, and value, for every setting of the cell.</param>
/// <param name="Totals">Its trials together.</param>
public sealed record ConfigurationResult(IReadOnlyList<(string Field, string Value)> Settings,
    ConfigurationTotals Totals)
{
    /// <summary>
    /// What a root mean square error is for a mean cost of 1, in the units of the label; NaN where tests are not
    /// measured so.
    /// </summary>
    public double RootMeanSquareErrorScale { get; init; } = double.NaN;

    /// <summary>Whether tests are measured by a root mean square error.</summary>
    public bool UsesRootMeanSquareError => !double.IsNaN(RootMeanSquareErrorScale);

    /// <summary>The root mean square error of an estimate of a mean cost.</summary>
    public Estimate ToRootMeanSquareError(Estimate cost)
        => new(
            RootMeanSquareErrorScale * Math.Sqrt(cost.Value),
            RootMeanSquareErrorScale * Math.Sqrt(cost.Lower),
            RootMeanSquareErrorScale * Math.Sqrt(cost.Upper));

    /// <summary>The value of a field; null where the cell has none.</summary>
    public string? this[string field] => Settings.FirstOrDefault(setting => setting.Field == field).Value;
}

/// <summary>The checks of one trial.</summary>
/// <param name="ConfigurationIndex">The number of its cell.</param>
/// <param name="TrialIndex">Its number in the cell.</param>
/// <param name="Snapshots">In the order of presentations.</param>
public sealed record TrialLog(int ConfigurationIndex, int TrialIndex, IReadOnlyList<DiagnosticSnapshot> Snapshots);
