using System.Text.Json.Nodes;
using LatchLab.Experiments;
using Spectre.Console;

namespace LatchLab.Cli;

/// <summary>What <c>train --list</c> prints: tasks, learners, and every setting as it would be written.</summary>
internal static class TrainingList
{
    private const int LeftColumn = 30;
    private const int Narrowest = 60;
    private const int Widest = 110;

    /// <summary>A text, or one JSON document, on standard output.</summary>
    public static void Print(bool json)
    {
        if (json)
            PrintJson();
        else
            Console.Out.Write(Text(Math.Clamp(AnsiConsole.Profile.Width, Narrowest, Widest) - 1));
    }

    private static string Text(int columns)
    {
        const string intro =
            "Give any setting with --set, as it stands here with its default. After the colon: what may be given.";
        List<string> lines = [.. HelpText.Wrapped(intro, columns), "", "Tasks:"];
        var said = new HashSet<string>();
        AddEntries(TrainingCatalogue.Tasks);
        lines.AddRange(["", "Learners:"]);
        AddEntries(TrainingCatalogue.Learners);
        lines.AddRange(["", "Settings of every task and learner:"]);
        AddSettings(TrainingCatalogue.Common);
        return string.Concat(lines.Select(line => line + Environment.NewLine));

        void AddEntries(IEnumerable<CatalogueEntry> entries)
        {
            foreach (CatalogueEntry entry in entries)
            {
                lines.AddRange(HelpText.Row($"  {entry.Name}", entry.Meaning, LeftColumn, columns));
                AddSettings(entry.Settings);
            }
        }

        void AddSettings(IEnumerable<Setting> settings)
        {
            foreach (Setting setting in settings)
            {
                string words = $"{setting.Meaning}: {setting.Allowed} ({setting.Source})";
                string shown = said.Add($"{setting.Name}: {words}") ? words : "as above";
                lines.AddRange(HelpText.Row($"    {setting.Name}={setting.Value}", shown, LeftColumn, columns));
            }
        }
    }

    private static void PrintJson()
        => Numbers.Print(new JsonObject
        {
            ["status"] = "ok",
            ["tasks"] = Json(TrainingCatalogue.Tasks),
            ["learners"] = Json(TrainingCatalogue.Learners),
            ["settings"] = Json(TrainingCatalogue.Common),
        });

    private static JsonArray Json(IEnumerable<CatalogueEntry> entries)
        => [.. entries.Select(entry => new JsonObject
        {
            ["name"] = entry.Name,
            ["meaning"] = entry.Meaning,
            ["settings"] = Json(entry.Settings),
        })];

    private static JsonArray Json(IEnumerable<Setting> settings)
        => [.. settings.Select(setting => new JsonObject
        {
            ["name"] = setting.Name,
            ["default"] = setting.Value,
            ["allowed"] = setting.Allowed,
            ["meaning"] = setting.Meaning,
            ["source"] = setting.Source,
        })];
}
