namespace LatchLab.Cli;

/// <summary>The options that set the settings of a definition: name, help, range and default follow from it.</summary>
internal static class SettingOption
{
    /// <summary>The option of a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="standard">Its default in words; null for its value.</param>
    public static TextOption Of(Setting setting, string? standard = null)
        => new(
            $"--{setting.Name}",
            "VALUE",
            $"{setting.Meaning}: {setting.Allowed} (default: {standard ?? setting.Value}; {setting.Source})",
            $"Settings of the {setting.Group}");

    /// <summary>The definition with what was given; mistakes are noted.</summary>
    public static TDefinition Changed<TDefinition>(
        TDefinition definition, IEnumerable<TextOption> options, GivenOptions given)
        where TDefinition : class
    {
        var changes = options.Where(option => given.Text(option) is not null)
            .ToDictionary(option => option.Name.TrimStart('-'), option => given.Text(option)!);
        return Settings.With(definition, changes, given.Mistakes);
    }
}
