using LatchLab.Ledger.Identity;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// The columns that identify the configuration of a row: <c>configuration</c>, <c>part</c>, and the settings that
/// differ between
/// the configurations of the ledger, in the order in which they first appear.
/// </summary>
internal sealed class ConfigurationColumns
{
    private readonly IReadOnlyList<LedgerConfiguration> _configurations;
    private readonly SettingColumn[] _settingColumns;

    /// <summary>Finds the settings that differ.</summary>
    public ConfigurationColumns(IReadOnlyList<LedgerConfiguration> configurations)
    {
        _configurations = configurations;
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

    /// <summary>The columns <c>configuration</c> and <c>part</c>.</summary>
    public static IReadOnlyList<ExportColumn> IndexColumns { get; } =
        [ExportColumn.Int64("configuration"), new("part", ColumnType.String)];

    /// <summary>The columns of the settings that differ.</summary>
    public IEnumerable<ExportColumn> Settings => _settingColumns.Select(setting => setting.Column);

    /// <summary>Writes the index and the part of a configuration.</summary>
    public void WriteIndex(IRowWriter rows, int configuration)
    {
        rows.WriteInt64(configuration);
        rows.WriteString(_configurations[configuration].Part);
    }

    /// <summary>Writes the values of the settings that differ.</summary>
    public void WriteSettings(IRowWriter rows, int configuration)
    {
        foreach (SettingColumn setting in _settingColumns)
            setting.Write(rows, configuration);
    }
}
