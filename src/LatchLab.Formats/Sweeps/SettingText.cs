using System.Globalization;
using LatchLab.Formats.Toml;

namespace LatchLab.Formats.Sweeps;

/// <summary>
/// From a TOML value to the text of a setting; a value of another kind than the setting's is a mistake.
/// </summary>
internal static class SettingText
{
    /// <summary>Stands for a value of another kind, which no number and no word is.</summary>
    public const string None = "?";

    /// <summary>The text; null if the value is of another kind.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The setting's name, for messages.</param>
    /// <param name="setting">What it is.</param>
    /// <param name="mistakes">Receives what is wrong.</param>
    public static string? Of(TomlValue value, string name, Setting setting, Mistakes mistakes)
    {
        switch (value)
        {
            case TomlNumber { Whole: { } whole } when setting.Kind == SettingKind.WholeNumber:
                return whole.ToString(CultureInfo.InvariantCulture);
            case TomlNumber number when setting.Kind == SettingKind.Number && double.IsFinite(number.Number):
                return Settings.InWords(number.Number);
            case TomlText text when setting.Kind is SettingKind.Word or SettingKind.Text:
                if (!text.Text.Any(char.IsControl))
                    return text.Text;
                mistakes.Add(
                    value.Place, name, "holds a line break, a tab or another control character: give it on one line");
                return null;
            default:
                mistakes.Add(value.Place, name, $"{value.Describe()}, where {Needed(value, setting)}");
                return null;
        }
    }

    private static string Needed(TomlValue value, Setting setting)
    {
        string kind = setting.Kind switch
        {
            SettingKind.Word => $"one of {setting.Allowed} is needed, in quotes",
            SettingKind.Text => $"a text is needed, in quotes: {setting.Allowed}",
            _ => $"{setting.Allowed} is needed",
        };
        return kind + value switch
        {
            TomlList or TomlTable => "; what is to be varied stands in [[axes]]",
            TomlText text when double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                => $": write {Quotation.Plain(text.Text)} without quotes",
            TomlNumber { Whole: null } number when double.IsInteger(number.Number)
                => $": write {Settings.InWords(number.Number)}",
            _ => "",
        };
    }
}
