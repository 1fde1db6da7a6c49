using LatchLab.Figures;
using LatchLab.Foundation;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// Creates the report of a sweep, finished or not: figures derived from its axes, and a table of its configurations.
/// </summary>
public static class SweepReport
{
    /// <summary>Creates the report.</summary>
    public static Report Create(SweepResults results)
    {
        var table = new ConfigurationTable(results);
        List<Figure> figures = results.Layout.ReportOptions.ComparesParts
            ? [.. PartComparison.CreateFigures(results)]
            : [.. Enumerable.Range(0, results.Layout.Parts.Count)
                .SelectMany(part => new SweepFigures(results, part).CreateFigures(table))];
        ReportSection? parts = PartSettings.CreateSection(results, table);
        if (DiagnosticsFigure.Create(results) is { } diagnosticsFigure)
            figures.Add(diagnosticsFigure);
        return new(results.Layout.Name, results.Metadata, figures, Claims: [], [.. GetSharedSettings(results, table)])
        {
            Summary = [.. SweepOutcome.Summarize(results, table)],
            Sections = parts is null ? [table.CreateSection()] : [parts, table.CreateSection()],
            SettingsNote = table.VaryingFields.Count == 0 ? ""
                : "All configurations share them; the others are in the " +
                    $"{(parts is null ? "table of" : "tables of parts and")} configurations.",
        };
    }

    /// <summary>Creates only the table of configurations.</summary>
    public static ReportSection CreateConfigurationSection(SweepResults results)
        => new ConfigurationTable(results).CreateSection();

    /// <summary>Returns the settings that all configurations share; the others are in the table.</summary>
    private static IEnumerable<ReportedSetting> GetSharedSettings(SweepResults results, ConfigurationTable table)
    {
        ConfigurationResult first = results.Configurations[0];
        ConfigurationTemplate?[] templates =
            [.. results.Configurations.Select(configuration => configuration.Template).Distinct()];
        foreach ((string field, string value) in first.Settings)
        {
            if (table.VaryingFields.Contains(field))
                continue;
            string[] fieldParts = field.Split('.', 2);
            Setting? setting = first.Template?.FindSetting(field);
            bool isDefault = templates.All(template => template?.IsDefault(field, value) == true);
            yield return new(
                fieldParts[0],
                fieldParts[1],
                value,
                isDefault ? setting!.Source : "sweep file",
                setting?.Description ?? "")
            {
                IsChanged = !isDefault,
            };
        }
    }
}
