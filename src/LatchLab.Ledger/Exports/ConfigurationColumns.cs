using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// The columns that say which cell a row is about: <c>cell</c>, <c>part</c>, and the settings in which the cells of the
/// ledger differ, in the order in which they first appear.
/// </summary>
internal sealed class ConfigurationColumns
{
    private readonly IReadOnlyList<LedgerConfiguration> _configurations;
    private readonly SettingColumn[] _settingColumns;

    /// <summary>Finds the settings that differ.</summary>
    public ConfigurationColumns(IReadOnlyList<LedgerConfiguration> configurations)
    {
        this._configurations = configurations;
        Dictionary<string, string>[] byName = [
            .. configurations.Select(configuration => configuration.Settings.ToDictionary())];
        _settingColumns =
        [
            .. from name in configurations.SelectMany(configuration => configuration.Settings).Select(
                setting => setting.Field).Distinct()
               let values = byName.Select(settingValues => settingValues.GetValueOrDefault(name)).ToArray()
               where values.Distinct().Skip(1).Any()
               select new SettingColumn(name, values),
        ];
    }

    /// <summary>Cell and part.</summary>
    public static IReadOnlyList<ExportColumn> IndexColumns { get; } =
        [ExportColumn.Int64("cell"), new("part", ColumnType.String)];

    /// <summary>The settings that differ.</summary>
    public IEnumerable<ExportColumn> Settings => _settingColumns.Select(setting => setting.Column);

    /// <summary>Writes cell and part.</summary>
    public void WriteIndex(IRowWriter rows, int configuration)
    {
        rows.WriteInt64(configuration);
        rows.WriteString(_configurations[configuration].Part);
    }

    /// <summary>Writes the settings that differ.</summary>
    public void WriteSettings(IRowWriter rows, int configuration)
    {
        foreach (SettingColumn setting in _settingColumns)
            setting.Write(rows, configuration);
    }
}
