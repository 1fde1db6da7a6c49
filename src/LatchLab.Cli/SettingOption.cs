using LatchLab.Foundation;

namespace LatchLab.Cli;

/// <summary>The options that set the settings of a definition: name, help, range and default follow from it.</summary>
internal static class SettingOption
{
    /// <summary>The option of a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="defaultText">Its default in words; null for its value.</param>
    public static TextOption Create(Setting setting, string? defaultText = null)
        => new(
            $"--{setting.Name}",
            "VALUE",
            $"{setting.Description}: {setting.AllowedValues} (default: {defaultText ?? setting.Value}; " +
                $"{setting.Source})",
            $"Settings of the {setting.Group}");

    /// <summary>The definition with what was given; mistakes are noted.</summary>
    public static TDefinition Apply<TDefinition>(
        TDefinition definition, IEnumerable<TextOption> options, ParsedOptions parsedOptions)
        where TDefinition : class
    {
        var changes = options.Where(option => parsedOptions.GetString(option) is not null)
            .ToDictionary(option => option.Name.TrimStart('-'), option => parsedOptions.GetString(option)!);
        return Settings.With(definition, changes, parsedOptions.ValidationErrors);
    }
}
