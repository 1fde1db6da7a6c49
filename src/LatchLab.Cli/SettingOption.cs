using System.CommandLine;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Cli;

/// <summary>
/// The option for a setting of a definition; name, help text, range and default come from the definition, which also
/// parses the value. A former name is accepted, too.
/// </summary>
internal sealed class SettingOption : Option<string?>
{
    /// <summary>Creates the option for a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="defaultText">The default in the help text; null to show the value.</param>
    public SettingOption(Setting setting, string? defaultText = null)
        : base($"--{setting.Name}")
    {
        defaultText ??= setting.Value.Length > 0 ? setting.Value : "none";
        string description = $"{setting.Description}: {setting.AllowedValues} " +
            $"(default: {defaultText}; source: {setting.Source})";
        Options.Declare(this, "VALUE", description, null, (texts, _) => texts[0], setting.Choices);
        Setting = setting;
        if (FormerNames.FindFormerName(setting.Name) is { } formerName)
            Aliases.Add($"--{formerName}");
    }

    /// <summary>The setting, with its default.</summary>
    public Setting Setting { get; }

    /// <summary>The heading in the help text.</summary>
    public string Heading => $"Settings ({Setting.Group})";

    /// <summary>The options of a list that were given.</summary>
    public static IReadOnlyList<SettingOption> FindGiven(IEnumerable<SettingOption> options, ParsedOptions parsed)
        => [.. options.Where(option => parsed.GetValue(option) is not null)];

    /// <summary>Returns the definition with the given settings; adds an error for each invalid one.</summary>
    public static TDefinition Apply<TDefinition>(
        TDefinition definition, IEnumerable<SettingOption> options, ParsedOptions parsed)
        where TDefinition : class
        => Settings.With(
            definition, FindGiven(options, parsed).ToDictionary(option => option.Name[2..], parsed.GetValue)!,
            parsed.ValidationErrors);
}
