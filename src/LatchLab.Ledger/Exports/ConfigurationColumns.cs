using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Sqlite;
using LatchLab.Sweeps;

namespace LatchLab.Ledger.Exports;

/// <summary>
/// The columns that identify the configuration of a row: its number, part, task and learner, the seed, and the settings
/// that differ between the configurations of the ledger, in the order in which they first appear.
/// </summary>
internal sealed class ConfigurationColumns
{
    private readonly SqliteValue[][] _indexValues; // [configuration][column]
    private readonly SqliteValue[][] _settingValues; // [configuration][setting]

    /// <summary>Finds the settings that differ.</summary>
    public ConfigurationColumns(LedgerIdentity identity)
    {
        IReadOnlyList<LedgerConfiguration> configurations = identity.Configurations;
        string seed = identity.Seed.ToString(CultureInfo.InvariantCulture);
        Dictionary<string, string>[] byName = [
            .. configurations.Select(configuration => configuration.Settings.ToDictionary())];
        _indexValues = [.. byName.Select((settings, configuration) => (SqliteValue[])
        [
            configuration, configurations[configuration].Part,
            settings.GetValueOrDefault(ConfigurationSettings.TaskField, ""),
            settings.GetValueOrDefault(ConfigurationSettings.LearnerField, ""), seed,
        ])];
        (ExportColumn Column, string?[] Values)[] settings =
        [
            .. from name in configurations.SelectMany(configuration => configuration.Settings).Select(
                setting => setting.Field).Distinct()
               where name is not (ConfigurationSettings.TaskField or ConfigurationSettings.LearnerField)
               let values = byName.Select(settingValues => settingValues.GetValueOrDefault(name)).ToArray()
               where values.Distinct().Skip(1).Any()
               select (CreateColumn(name, values), values),
        ];
        Settings = [.. settings.Select(setting => setting.Column)];
        _settingValues = [.. byName.Select((_, configuration) => settings.Select(
            setting => Convert(setting.Values[configuration], setting.Column.Type)).ToArray())];
    }

    /// <summary>The columns of the configuration, without its settings.</summary>
    public static IReadOnlyList<ExportColumn> IndexColumns { get; } =
    [
        ExportColumn.Int64("configuration"), new("part", ColumnType.String), new("task", ColumnType.String),
        new("learner", ColumnType.String), new("seed", ColumnType.String),
    ];

    /// <summary>The columns of the settings that differ.</summary>
    public IReadOnlyList<ExportColumn> Settings { get; }

    /// <summary>The values of <see cref="IndexColumns"/>.</summary>
    public SqliteValue[] GetIndex(int configuration) => _indexValues[configuration];

    /// <summary>The values of the settings that differ.</summary>
    public SqliteValue[] GetSettings(int configuration) => _settingValues[configuration];

    /// <summary>The type of a column is the narrowest that fits all values.</summary>
    private static ExportColumn CreateColumn(string name, string?[] values)
    {
        string[] given = [.. values.OfType<string>()];
        ColumnType type = given.All(IsInt64) ? ColumnType.Int64
            : given.All(value => NumberFormat.TryParseFinite(value, out _) && (IsInt64(value) || !value.All(IsDigit)))
                ? ColumnType.Double : ColumnType.String;
        return new(ExportColumn.FormatName(name), type, IsNullable: given.Length < values.Length);
    }

    private static SqliteValue Convert(string? value, ColumnType type) => (value, type) switch
    {
        (null, _) => double.NaN,
        (_, ColumnType.Int64) => long.Parse(value, CultureInfo.InvariantCulture),
        (_, ColumnType.Double) => double.Parse(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    // A whole number in another form (007, +5) may be a name.
    private static bool IsInt64(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number.ToString(CultureInfo.InvariantCulture) == text;

    private static bool IsDigit(char character) => char.IsAsciiDigit(character) || character is '+' or '-';
}
