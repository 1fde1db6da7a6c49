using System.Globalization;
using LatchLab.Ledger.Identity;
using LatchLab.Sweeps;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// The columns that identify the configuration of a row: its number, part, task and learner, the seed, and the settings
/// that differ between the configurations of the ledger, in the order in which they first appear.
/// </summary>
internal sealed class ConfigurationColumns
{
    private readonly IReadOnlyList<LedgerConfiguration> _configurations;
    private readonly string _seed;
    private readonly (string Task, string Learner)[] _names; // [configuration]
    private readonly SettingColumn[] _settingColumns;

    /// <summary>Finds the settings that differ.</summary>
    public ConfigurationColumns(LedgerIdentity identity)
    {
        IReadOnlyList<LedgerConfiguration> configurations = identity.Configurations;
        (_configurations, _seed) = (configurations, identity.Seed.ToString(CultureInfo.InvariantCulture));
        Dictionary<string, string>[] byName = [
            .. configurations.Select(configuration => configuration.Settings.ToDictionary())];
        _names = [.. byName.Select(settings => (settings.GetValueOrDefault(ConfigurationSettings.TaskField, ""),
            settings.GetValueOrDefault(ConfigurationSettings.LearnerField, "")))];
        _settingColumns =
        [
            .. from name in configurations.SelectMany(configuration => configuration.Settings).Select(
                setting => setting.Field).Distinct()
               where name is not (ConfigurationSettings.TaskField or ConfigurationSettings.LearnerField)
               let values = byName.Select(settingValues => settingValues.GetValueOrDefault(name)).ToArray()
               where values.Distinct().Skip(1).Any()
               select new SettingColumn(ExportColumn.FormatName(name), values),
        ];
    }

    /// <summary>The columns of the configuration, without its settings.</summary>
    public static IReadOnlyList<ExportColumn> IndexColumns { get; } =
    [
        ExportColumn.Int64("configuration"), new("part", ColumnType.String), new("task", ColumnType.String),
        new("learner", ColumnType.String), new("seed", ColumnType.String),
    ];

    /// <summary>The columns of the settings that differ.</summary>
    public IEnumerable<ExportColumn> Settings => _settingColumns.Select(setting => setting.Column);

    /// <summary>Writes the columns of a configuration, without its settings.</summary>
    public void WriteIndex(IRowWriter rows, int configuration)
    {
        rows.WriteInt64(configuration);
        rows.WriteString(_configurations[configuration].Part);
        rows.WriteString(_names[configuration].Task);
        rows.WriteString(_names[configuration].Learner);
        rows.WriteString(_seed);
    }

    /// <summary>Writes the values of the settings that differ.</summary>
    public void WriteSettings(IRowWriter rows, int configuration)
    {
        foreach (SettingColumn setting in _settingColumns)
            setting.Write(rows, configuration);
    }
}
