namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>What a sweep gave, or has given so far: all that its report is made from.</summary>
/// <param name="Layout">Its parts and axes.</param>
/// <param name="Cells">Its cells, through all parts.</param>
public sealed record SweepResults(SweepLayout Layout, IReadOnlyList<CellResult> Cells)
{
    /// <summary>Facts about the run, for the head of the report: seed, versions, machine.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>Logs of trials, by cell and trial.</summary>
    public IReadOnlyList<TrialLog> Logs { get; init; } = [];

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
    /// <summary>The value of a field; null where the cell has none.</summary>
    public string? this[string field] => Settings.FirstOrDefault(setting => setting.Field == field).Value;
}

/// <summary>The checks of one trial.</summary>
/// <param name="Cell">The number of its cell.</param>
/// <param name="Trial">Its number in the cell.</param>
/// <param name="Checks">In the order of presentations.</param>
public sealed record TrialLog(int Cell, int Trial, IReadOnlyList<TrialCheck> Checks);
