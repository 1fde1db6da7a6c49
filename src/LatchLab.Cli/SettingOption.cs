using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// The options for the settings of a definition; name, help text, range and default come from the definition. A former
/// name is accepted, too.
/// </summary>
internal static class SettingOption
{
    /// <summary>Creates the option for a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="defaultText">The default in the help text; null to show the value.</param>
    public static TextOption Create(Setting setting, string? defaultText = null)
    {
        var option = new TextOption(
            $"--{setting.Name}",
            "VALUE",
            $"{setting.Description}: {setting.AllowedValues} (default: {defaultText ?? setting.Value}; " +
                $"source: {setting.Source})",
            $"Settings ({setting.Group})")
        {
            Suggestions = setting.Kind == SettingKind.Choice
                ? setting.AllowedValues.Split([", ", " or "], StringSplitOptions.None) : [],
        };
        if (FormerNames.FindFormerName(setting.Name) is { } formerName)
            option.Aliases.Add($"--{formerName}");
        return option;
    }

    /// <summary>Returns the definition with the given settings; adds an error for each invalid one.</summary>
    public static TDefinition Apply<TDefinition>(
        TDefinition definition, IEnumerable<TextOption> options, ParsedOptions parsedOptions)
        where TDefinition : class
    {
        var changes = options.Where(option => parsedOptions.GetString(option) is not null)
            .ToDictionary(option => option.Name.TrimStart('-'), option => parsedOptions.GetString(option)!);
        return Settings.With(definition, changes, parsedOptions.ValidationErrors);
    }
}
