using System.Text.Json.Nodes;
using LatchLab.Foundation;
using LatchLab.Learning;
using LatchLab.Training;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>
/// The output of <c>train --list</c>: tasks, learners, update rules, networks, and every setting in the form for --set.
/// </summary>
internal static class TrainingList
{
    private const int LeftColumnWidth = 30;

    private const string UpdateRulesHeading = "Update rules, from which the setting optimizer makes a chain:";

    /// <summary>Prints a text, or one JSON document, on standard output.</summary>
    public static void Print(bool json)
    {
        if (json)
            PrintJson();
        else
            Console.Out.Write(Format(HelpText.LimitColumns(AnsiConsole.Profile.Width)));
    }

    /// <summary>
    /// Prints the settings of a task with a learner: those that have an effect, why others have none, and which choices
    /// the configuration refuses.
    /// </summary>
    public static void PrintApplicable(TrainingConfiguration configuration, bool json)
    {
        IReadOnlyList<(string Choice, string Reason)> refused = RefusedChoices.Find(configuration);
        IReadOnlyDictionary<string, string> idle = Settings.FindIdle(configuration);
        ILookup<bool, Setting> settings = TrainingConfigurationFactory.GetSettings(configuration)
            .ToLookup(setting => idle.ContainsKey(setting.Path));
        bool hasOptimizer = settings[false].Any(setting => setting.Path == OptimizerSettings.Path);
        IReadOnlyList<DefinitionSettings> updateRules = hasOptimizer ? KnownTrainingSettings.UpdateRules : [];
        if (json)
        {
            JsonOutput.WriteDocument(new JsonObject
            {
                ["task"] = configuration.Task.Name,
                ["learner"] = configuration.Learner.Name,
                ["settings"] = ToJson(settings[false]),
                ["updateRules"] = ToJson(updateRules),
                ["withoutEffect"] = new JsonArray([.. settings[true].Select(setting => new JsonObject
                {
                    ["name"] = setting.Name,
                    ["reason"] = idle[setting.Path],
                })]),
                ["refused"] = new JsonArray([.. refused.Select(entry => new JsonObject
                {
                    ["choice"] = entry.Choice,
                    ["reason"] = entry.Reason,
                })]),
            });
            return;
        }

        int columns = HelpText.LimitColumns(AnsiConsole.Profile.Width);
        Console.Out.WriteLine(
            $"Settings of the task {configuration.Task.Name} with the learner {configuration.Learner.Name}:");
        foreach (Setting setting in settings[false])
            WriteRow($"{setting.Name}={setting.Value}", Describe(setting));
        if (updateRules.Count > 0)
            Console.Out.WriteLine($"{Environment.NewLine}{UpdateRulesHeading}");
        foreach (DefinitionSettings rule in updateRules)
        {
            WriteRow(rule.Name, rule.Description);
            foreach (Setting setting in rule.Settings)
                WriteRow($"  {setting.Name}={setting.Value}", Describe(setting));
        }

        if (settings[true].Any())
            Console.Out.WriteLine($"{Environment.NewLine}Without effect beside these defaults, and refused:");
        foreach (Setting setting in settings[true])
            WriteRow(setting.Name, idle[setting.Path]);
        if (refused.Count > 0)
            Console.Out.WriteLine($"{Environment.NewLine}Refused beside these defaults:");
        foreach ((string choice, string reason) in refused)
            WriteRow(choice, reason);

        void WriteRow(string left, string right)
        {
            foreach (string line in HelpText.FormatRow($"  {left}", right, LeftColumnWidth, columns))
                Console.Out.WriteLine(line);
        }
    }

    private static string Format(int columns)
    {
        const string intro =
            "Give any setting with --set, in the form shown here with its default. The allowed values follow the " +
            "colon. The source of the default stands in parentheses; a decision is a choice of LatchLab where the " +
            "paper gives no value. Every task except dataset requires --length.";
        List<string> lines = [.. HelpText.Wrap(intro, columns), "", "Presets of --data, which replace defaults:"];
        foreach ((string name, string description) in TrainingPreset.All)
            lines.AddRange(HelpText.FormatRow($"  {name}", description, LeftColumnWidth, columns));
        lines.AddRange(["", "Tasks:"]);
        var printedSettings = new HashSet<string>();
        AddEntries(KnownTrainingSettings.Tasks);
        lines.AddRange(["", "Learners:"]);
        AddEntries(KnownTrainingSettings.Learners);
        lines.AddRange(["", UpdateRulesHeading]);
        AddEntries(KnownTrainingSettings.UpdateRules);
        lines.AddRange(["", "Networks, of the setting network:"]);
        AddEntries(KnownTrainingSettings.Networks);
        lines.AddRange(["", "Settings of every task and learner:"]);
        AddSettings(KnownTrainingSettings.Common);
        return string.Concat(lines.Select(line => line + Environment.NewLine));

        void AddEntries(IEnumerable<DefinitionSettings> entries)
        {
            foreach (DefinitionSettings entry in entries)
            {
                lines.AddRange(HelpText.FormatRow($"  {entry.Name}", entry.Description, LeftColumnWidth, columns));
                AddSettings(entry.Settings);
            }
        }

        void AddSettings(IEnumerable<Setting> settings)
        {
            foreach (Setting setting in settings)
            {
                string description = Describe(setting);
                string shown = printedSettings.Add($"{setting.Name}: {description}") ? description : "as above";
                lines.AddRange(
                    HelpText.FormatRow($"    {setting.Name}={setting.Value}", shown, LeftColumnWidth, columns));
            }
        }
    }

    private static string Describe(Setting setting)
        => $"{setting.Description}: {setting.AllowedValues} ({setting.Source})";

    private static void PrintJson()
        => JsonOutput.WriteDocument(new JsonObject
        {
            ["presets"] = new JsonArray([.. TrainingPreset.All.Select(preset => new JsonObject
            {
                ["name"] = preset.Name,
                ["meaning"] = preset.Description,
            })]),
            ["tasks"] = ToJson(KnownTrainingSettings.Tasks),
            ["learners"] = ToJson(KnownTrainingSettings.Learners),
            ["updateRules"] = ToJson(KnownTrainingSettings.UpdateRules),
            ["networks"] = ToJson(KnownTrainingSettings.Networks),
            ["settings"] = ToJson(KnownTrainingSettings.Common),
        });

    private static JsonArray ToJson(IEnumerable<DefinitionSettings> entries)
        => [.. entries.Select(entry => new JsonObject
        {
            ["name"] = entry.Name,
            ["meaning"] = entry.Description,
            ["settings"] = ToJson(entry.Settings),
        })];

    private static JsonArray ToJson(IEnumerable<Setting> settings)
        => [.. settings.Select(setting => new JsonObject
        {
            ["name"] = setting.Name,
            ["default"] = setting.Value,
            ["allowed"] = setting.AllowedValues,
            ["meaning"] = setting.Description,
            ["source"] = setting.Source,
        })];
}
