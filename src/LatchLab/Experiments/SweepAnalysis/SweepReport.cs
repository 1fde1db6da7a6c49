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
        Dictionary<string, Setting> known = TrainingCatalogue.Tasks.Concat(TrainingCatalogue.Learners)
            .SelectMany(entry => entry.Settings).Concat(TrainingCatalogue.Common)
            .DistinctBy(setting => setting.Name).ToDictionary(setting => setting.Name);
        foreach ((string field, string value) in results.Cells[0].Settings)
        {
            if (table.Varied.Contains(field))
                continue;
            string[] words = field.Split('.', 2);
            Setting? setting = known.GetValueOrDefault(words[1]);
            yield return new(
                words[0],
                words[1],
                value,
                setting?.Value == value ? setting.Source : "sweep file",
                setting?.Meaning ?? "");
        }
    }
}
