using LatchLab.Figures;
using LatchLab.Foundation;
using LatchLab.Training;

namespace LatchLab.Sweeps.Reports;

/// <summary>
/// The outcome of a sweep in three sentences: how much of it is complete, and the configurations of which most and
/// fewest trials converge.
/// </summary>
internal static class SweepOutcome
{
    private const string Section = "configurations";

    /// <summary>Creates the sentences; a sweep of one configuration has one.</summary>
    public static IEnumerable<SummarySentence> Summarize(SweepResults results, ConfigurationTable table)
    {
        long trials = results.Configurations.Sum(configuration => (long)configuration.Summary.Trials),
            converged = results.Configurations.Sum(
                configuration => (long)configuration.Summary[StopReason.Converged]),
            planned = results.Layout.Parts.Sum(
                part => (long)part.TrialsPerConfiguration * part.ConfigurationCount);
        string complete = trials == planned ? "" : $" of {NumberFormat.GroupThousands(planned)}";
        yield return new(
            $"{NumberFormat.WithNoun(results.Configurations.Count, "configuration")}, " +
                $"{NumberFormat.GroupThousands(trials)}{complete} trials complete: " +
                $"{NumberFormat.GroupThousands(converged)} of them converged.",
            Section);
        (int Index, ConfigurationResult Result)[] ordered =
        [
            .. results.Configurations.Index().Where(entry => entry.Item.Summary.Trials > 0)
                .OrderByDescending(entry => entry.Item.Summary.Success.Value)
                .ThenBy(entry => entry.Item.Summary.TestError.Value),
        ];
        if (ordered.Length < 2)
            yield break;
        yield return new($"Most trials converge in {Describe(ordered[0])}.", Section);
        yield return new($"Fewest converge in {Describe(ordered[^1])}.", Section);

        string Describe((int Index, ConfigurationResult Result) entry)
        {
            string part = results.Layout.Parts.Count > 1 ? $"{results.GetPart(entry.Index).Name}, " : "";
            string settings = string.Join(", ", table.AxisFields.Where(field => entry.Result[field] is not null)
                .Select(field => $"{AxisRoles.FormatField(field)} {AxisRoles.Abbreviate(entry.Result[field]!)}"));
            OutcomeSummary summary = entry.Result.Summary;
            return $"configuration {entry.Index} ({part}{settings}): {summary[StopReason.Converged]} of " +
                $"{summary.Trials}";
        }
    }
}
