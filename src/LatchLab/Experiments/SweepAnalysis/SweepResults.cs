namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>What a sweep gave, or has given so far: all that its report is made from.</summary>
/// <param name="Layout">Its parts and axes.</param>
/// <param name="Cells">Its cells, through all parts.</param>
public sealed record SweepResults(SweepLayout Layout, IReadOnlyList<CellResult> Cells)
{
    /// <summary>Facts about the run, for the head of the report: seed, versions, machine.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Logs of trials of a few cells, by cell and trial.</summary>
    public IReadOnlyList<TrialLog> Logs { get; init; } = [];

    /// <summary>The part of a cell.</summary>
    public PartLayout PartOf(int cell)
    {
        int part = 0;
        for (int first = Layout.Parts[0].CellCount; cell >= first; first += Layout.Parts[part].CellCount)
            part++;
        return Layout.Parts[part];
    }

    /// <summary>The cells of a part, and the number of the first of them.</summary>
    public (int First, IReadOnlyList<CellResult> Cells) OfPart(int part)
    {
        int first = Layout.Parts.Take(part).Sum(earlier => earlier.CellCount);
        return (first, [.. Cells.Skip(first).Take(Layout.Parts[part].CellCount)]);
    }
}

/// <summary>A cell with what came out of its trials.</summary>
/// <param name="Settings">Field with its section, and value, for every setting of the cell.</param>
/// <param name="Totals">Its trials together.</param>
public sealed record CellResult(IReadOnlyList<(string Field, string Value)> Settings, CellTotals Totals)
{
    /// <summary>
    /// What a root mean square error is for a mean cost of 1, in the units of the label; NaN where tests are not
    /// measured so.
    /// </summary>
    public double UnitsAtCostOne { get; init; } = double.NaN;

    /// <summary>Whether tests are measured by a root mean square error.</summary>
    public bool IsMeasuredByCost => !double.IsNaN(UnitsAtCostOne);

    /// <summary>The root mean square error of an estimate of a mean cost.</summary>
    public Estimate InUnits(Estimate cost)
        => new(
            UnitsAtCostOne * Math.Sqrt(cost.Value),
            UnitsAtCostOne * Math.Sqrt(cost.Lower),
            UnitsAtCostOne * Math.Sqrt(cost.Upper));

    /// <summary>The value of a field; null where the cell has none.</summary>
    public string? this[string field] => Settings.FirstOrDefault(setting => setting.Field == field).Value;
}

/// <summary>The checks of one trial.</summary>
/// <param name="Cell">The number of its cell.</param>
/// <param name="Trial">Its number in the cell.</param>
/// <param name="Checks">In the order of presentations.</param>
public sealed record TrialLog(int Cell, int Trial, IReadOnlyList<TrialCheck> Checks);
