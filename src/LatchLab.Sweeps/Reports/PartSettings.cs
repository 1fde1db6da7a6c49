using LatchLab.Figures;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The settings of each part that other parts do not share, that are on no axis, and that differ from their defaults:
/// with the shared settings and the axes, every setting that differs is on the page.
/// </summary>
internal static class PartSettings
{
    private static readonly string[] Headings = ["part", "settings of the part"];

    /// <summary>Creates the section; null if no part has such a setting.</summary>
    public static ReportSection? CreateSection(SweepResults results, ConfigurationTable table)
    {
        string[][] rows =
        [
            .. results.Layout.Parts.Select((part, i) => (string[])
            [
                part.Name, string.Join(", ", Find(part, results.GetPartResults(i).Configurations, table)),
            ]),
        ];
        return rows.All(row => row[1].Length == 0) ? null
            : new("parts", "Parts", ["What distinguishes each part beside its axes and differs from the defaults."])
            {
                Table = new(Headings, new Table(["part", "settings"], rows)),
            };
    }

    private static IEnumerable<string> Find(
        PartLayout part, IReadOnlyList<ConfigurationResult> configurations, ConfigurationTable table)
    {
        HashSet<string> candidates =
            [.. table.VaryingFields.Except(part.Axes.SelectMany(axis => axis.Fields))];
        foreach (ConfigurationResult configuration in configurations)
        {
            ConfigurationTemplate? template = configuration.Template;
            foreach ((string field, string value) in configuration.Settings)
            {
                if (candidates.Contains(field) && template?.IsDefault(field, value) != true)
                {
                    candidates.Remove(field); // it has this value in all configurations of the part
                    yield return $"{field} = {value}";
                }
            }
        }
    }
}
