using System.Globalization;
using LatchLab.Files;
using LatchLab.Foundation;
using LatchLab.Sweeps.Toml;

namespace LatchLab.Sweeps.Format;

/// <summary>
/// Converts a TOML value to the text of a setting. Reports a value that is not of the kind of the setting.
/// </summary>
internal static class SettingConverter
{
    /// <summary>Converts a value; null if it is of another kind.</summary>
    public static string? Convert(TomlValue value, string name, Setting setting, ValidationErrors errors)
    {
        switch (value)
        {
            case TomlNumber { Integer: { } whole } when setting.Kind == SettingKind.Integer:
                return whole.ToString(CultureInfo.InvariantCulture);
            case TomlNumber number when setting.Kind == SettingKind.Number && double.IsFinite(number.Value):
                return Settings.FormatValue(number.Value);
            case TomlNumber { Location.Line: 0 } given when setting.Kind is SettingKind.Choice or SettingKind.Text:
                return given.Source; // a command line gives no quotes
            case TomlString text when setting.Kind is SettingKind.Choice or SettingKind.Text:
                if (!text.Value.Any(char.IsControl))
                    return text.Value;
                errors.Add(
                    value.Location, name,
                    "contains a line break, a tab or another control character: give it on one line");
                return null;
            default:
                errors.Add(value.Location, name, $"{value.Description}, where {DescribeExpected(value, setting)}");
                return null;
        }
    }

    private static string DescribeExpected(TomlValue value, Setting setting)
    {
        string kind = setting.Kind switch
        {
            SettingKind.Choice => $"one of {setting.AllowedValues} is needed, in quotes",
            SettingKind.Text => $"a string is needed, in quotes: {setting.AllowedValues}",
            _ => $"{setting.AllowedValues} is needed",
        };
        return kind + value switch
        {
            TomlArray or TomlTable => "; put varied settings in [[axes]]",
            TomlString text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                => $": write {Escape.Text(text.Value)} without quotes",
            TomlNumber { Integer: null } number when double.IsInteger(number.Value)
                => $": write {Settings.FormatValue(number.Value)}",
            _ => "",
        };
    }
}
