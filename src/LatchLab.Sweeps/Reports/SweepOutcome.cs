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
                $"training converged in {NumberFormat.GroupThousands(converged)} of them." +
                string.Concat(new[] { results.DescribeIncomplete(), results.DescribeChance() }
                    .Where(sentence => sentence.Length > 0).Select(sentence => $" {sentence}")),
            Section);
        foreach (MemoryFinding finding in MemoryFinding.FindAll(results))
            yield return new(finding.Sentence, Section);
        (int Index, ConfigurationResult Result)[] ordered =
        [
            .. results.Configurations.Index().Where(entry => entry.Item.Summary.Trials > 0)
                .OrderByDescending(entry => entry.Item.Summary.Success.Value)
                .ThenBy(entry => entry.Item.Summary.TestError.Value),
        ];
        if (ordered.Length < 2)
            yield break;
        if (converged == 0)
        {
            yield return new($"No trial converged in any configuration{DescribeTrainingError()}.", Section);
            yield break;
        }

        if (ordered[0].Result.Summary.Success.Value == ordered[^1].Result.Summary.Success.Value)
        {
            yield return new($"The same share of trials converges in every configuration{DescribeErrors()}.", Section);
            yield break;
        }

        yield return new($"The largest share of trials converges in {DescribeFirst(ordered)}.", Section);
        yield return new($"The smallest share converges in {DescribeFirst([.. ordered.Reverse()])}.", Section);

        string DescribeErrors()
        {
            (int Index, ConfigurationResult Result)[] tested =
                [.. ordered.Where(entry => double.IsFinite(entry.Result.Summary.TestError.Value))];
            return tested.Length < 2 ? ""
                : tested[0].Result.Summary.TestError.Value == tested[^1].Result.Summary.TestError.Value
                    ? $", for example in {Describe(tested[0])}"
                    : $"; the error on test sequences is smallest in {Describe(tested[0])}, and " +
                        $"largest in {Describe(tested[^1])}";
        }

        string DescribeTrainingError()
        {
            double[] errors = [.. ordered.Select(entry => entry.Result.Summary.TrainingError.Value)
                .Where(double.IsFinite).Order()];
            if (errors.Length == 0)
                return "";
            string least = NumberFormat.Short(errors[0]), most = NumberFormat.Short(errors[^1]);
            return $"; the mean training error of a configuration is {(least == most ? least : $"{least} to {most}")}";
        }

        string DescribeFirst((int Index, ConfigurationResult Result)[] entries)
        {
            int alike = entries.TakeWhile(entry => entry.Result.Summary.Success.Value
                == entries[0].Result.Summary.Success.Value).Count();
            return alike == 1 ? Describe(entries[0])
                : $"{NumberFormat.GroupThousands(alike)} configurations alike, such as {Describe(entries[0])}";
        }

        string Describe((int Index, ConfigurationResult Result) entry)
        {
            string part = results.Layout.Parts.Count > 1 ? $"{results.GetPart(entry.Index).Name}, " : "";
            string settings = string.Join(", ", table.AxisFields.Where(field => entry.Result[field] is not null)
                .Select(field => $"{AxisRoles.FormatField(field)} {AxisRoles.Abbreviate(entry.Result[field]!)}"));
            OutcomeSummary summary = entry.Result.Summary;
            string error = double.IsNaN(summary.TestError.Value) ? ""
                : $", with an error of {NumberFormat.Short(summary.TestError.Value)} on test sequences";
            return $"configuration {entry.Index} ({part}{settings}): {summary[StopReason.Converged]} of " +
                $"{summary.Trials}{error}";
        }
    }
}
