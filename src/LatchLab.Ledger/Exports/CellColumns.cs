namespace LatchLab.Ledger;

/// <summary>
/// The columns that say which cell a row is about: <c>cell</c>, <c>part</c>, and the settings in which the cells of the
/// ledger differ, in the order in which they first appear.
/// </summary>
internal sealed class CellColumns
{
    private readonly IReadOnlyList<LedgerCell> cells;
    private readonly SettingColumn[] settings;

    /// <summary>Finds the settings that differ.</summary>
    public CellColumns(IReadOnlyList<LedgerCell> cells)
    {
        this.cells = cells;
        Dictionary<string, string>[] byName = [.. cells.Select(cell => cell.Settings.ToDictionary())];
        settings =
        [
            .. from name in cells.SelectMany(cell => cell.Settings).Select(setting => setting.Field).Distinct()
               let values = byName.Select(known => known.GetValueOrDefault(name)).ToArray()
               where values.Distinct().Skip(1).Any()
               select new SettingColumn(name, values),
        ];
    }

    /// <summary>Cell and part.</summary>
    public static IReadOnlyList<ExportColumn> Places { get; } =
        [ExportColumn.Whole("cell"), new("part", ColumnKind.Text)];

    /// <summary>The settings that differ.</summary>
    public IEnumerable<ExportColumn> Settings => settings.Select(setting => setting.Column);

    /// <summary>Writes cell and part.</summary>
    public void WritePlace(IRowWriter rows, int cell)
    {
        rows.Whole(cell);
        rows.Text(cells[cell].Part);
    }

    /// <summary>Writes the settings that differ.</summary>
    public void WriteSettings(IRowWriter rows, int cell)
    {
        foreach (SettingColumn setting in settings)
            setting.Write(rows, cell);
    }
}
