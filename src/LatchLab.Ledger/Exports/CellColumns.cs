namespace LatchLab.Ledger;

/// <summary>
/// The columns that say which cell a row is about: <c>cell</c>, <c>part</c>, and the settings in which the cells of the
/// ledger differ, in the order in which they first appear.
/// </summary>
internal sealed class CellColumns
{
    private readonly IReadOnlyList<LedgerCell> cells;
    private readonly ExportColumn[] settings;
    private readonly string?[][] values; // [setting][cell]

    /// <summary>Finds the settings that differ.</summary>
    public CellColumns(IReadOnlyList<LedgerCell> cells)
    {
        this.cells = cells;
        Dictionary<string, string>[] byName = [.. cells.Select(cell => cell.Settings.ToDictionary())];
        var differing = cells
            .SelectMany(cell => cell.Settings)
            .Select(setting => setting.Field)
            .Distinct()
            .Select(name => (Name: name, Values: byName.Select(known => known.GetValueOrDefault(name)).ToArray()))
            .Where(setting => setting.Values.Distinct().Skip(1).Any())
            .ToArray();
        settings = [.. differing.Select(setting => ExportColumn.OfSetting(setting.Name, setting.Values))];
        values = [.. differing.Select(setting => setting.Values)];
    }

    /// <summary>Cell and part.</summary>
    public static IReadOnlyList<ExportColumn> Places { get; } =
        [ExportColumn.Whole("cell"), new("part", ColumnKind.Text)];

    /// <summary>The settings that differ.</summary>
    public IReadOnlyList<ExportColumn> Settings => settings;

    /// <summary>Writes cell and part.</summary>
    public void WritePlace(IRowWriter rows, int cell)
    {
        rows.Whole(cell);
        rows.Text(cells[cell].Part);
    }

    /// <summary>Writes the settings that differ.</summary>
    public void WriteSettings(IRowWriter rows, int cell)
    {
        for (int i = 0; i < settings.Length; i++)
        {
            string? value = values[i][cell];
            if (value is null)
                rows.Missing();
            else if (settings[i].Kind == ColumnKind.Whole)
                rows.Whole(ExportColumn.WholeOf(value));
            else if (settings[i].Kind == ColumnKind.Number)
                rows.Number(ExportColumn.NumberOf(value));
            else
                rows.Text(value);
        }
    }
}
