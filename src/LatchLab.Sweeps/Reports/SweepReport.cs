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
        if (DiagnosticsFigure.Create(results) is { } diagnosticsFigure)
            figures.Add(diagnosticsFigure);
        return new(results.Layout.Name, results.Metadata, figures, Claims: [], [.. GetSharedSettings(results, table)])
        {
            Summary = [.. SweepOutcome.Summarize(results, table)],
            Sections = [table.CreateSection()],
        };
    }

    /// <summary>Creates only the table of configurations.</summary>
    public static ReportSection CreateConfigurationSection(SweepResults results)
        => new ConfigurationTable(results).CreateSection();

    /// <summary>Returns the settings that all configurations share.</summary>
    private static IEnumerable<ReportedSetting> GetSharedSettings(SweepResults results, ConfigurationTable table)
    {
        ConfigurationResult first = results.Configurations[0];
        ConfigurationTemplate? template = first[ConfigurationSettings.TaskField] is { } task
            && first[ConfigurationSettings.LearnerField] is { } learner
            && ConfigurationTemplate.Tasks.Contains(task) && ConfigurationTemplate.Learners.Contains(learner)
                ? ConfigurationTemplate.Get(task, learner, first[ConfigurationSettings.InnerLearnerField] ?? "")
                : null;
        foreach ((string field, string value) in first.Settings)
        {
            if (table.VaryingFields.Contains(field))
                continue;
            string[] fieldParts = field.Split('.', 2);
            Setting? setting = template?.FindSetting(field);
            yield return new(
                fieldParts[0],
                fieldParts[1],
                value,
                setting?.Value == value ? setting.Source : "sweep file",
                setting?.Description ?? "")
            {
                IsChanged = setting?.Value != value,
            };
        }
    }
}
