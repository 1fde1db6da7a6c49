using LatchLab.Experiments.Results;

namespace LatchLab.Experiments.SweepAnalysis;

/// <summary>
/// The report about a sweep, finished or not: figures that follow from its axes, and a table of its cells.
/// </summary>
public static class SweepReport
{
    /// <summary>Makes it.</summary>
    public static Report Of(SweepResults results)
    {
        var table = new CellTable(results);
        List<Figure> figures =
        [
            .. Enumerable.Range(0, results.Layout.Parts.Count)
                .SelectMany(part => new SweepFigures(results, part).Draw(table)),
        ];
        if (LogFigure.Of(results) is { } logs)
            figures.Add(logs);
        return new(results.Layout.Name, results.Facts, figures, Claims: [], [.. SettingsOf(results, table)])
        {
            Sections = [table.Section()],
        };
    }

    /// <summary>Its table of cells alone.</summary>
    public static ReportSection Cells(SweepResults results) => new CellTable(results).Section();

    /// <summary>The settings that all cells share.</summary>
    private static IEnumerable<ReportedSetting> SettingsOf(SweepResults results, CellTable table)
    {
        CellResult any = results.Cells[0];
        CellTemplate? template = any[CellSettings.Task] is { } task && any[CellSettings.Learner] is { } learner
            && CellTemplate.Tasks.Contains(task) && CellTemplate.Learners.Contains(learner)
                ? CellTemplate.Of(task, learner, any[CellSettings.LedLearner] ?? "")
                : null;
        foreach ((string field, string value) in any.Settings)
        {
            if (table.Varied.Contains(field))
                continue;
            string[] words = field.Split('.', 2);
            Setting? setting = template?.Find(field)?.Setting;
            yield return new(
                words[0],
                words[1],
                value,
                setting?.Value == value ? setting.Source : "sweep file",
                setting?.Meaning ?? "");
        }
    }
}
