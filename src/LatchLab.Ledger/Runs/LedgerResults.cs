using System.Globalization;
using LatchLab.Foundation;
using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Reading;
using LatchLab.Sweeps;
using LatchLab.Sweeps.Reports;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Ledger.Runs;

/// <summary>
/// Reads the results of a sweep for a report from the totals of a ledger. In the current format the time is independent
/// of the number of trials, except for a comparison of parts, which reads every trial.
/// </summary>
public static class LedgerResults
{
    /// <summary>Reads the results.</summary>
    /// <exception cref="ValidationException">There is no ledger.</exception>
    public static SweepResults Read(string folder)
    {
        using LedgerReader ledger = LedgerReader.Open(folder);
        LedgerIdentity identity = ledger.Identity;
        IReadOnlyList<ConfigurationResult> results = Summarize(identity, ledger.ReadTotals());
        return new(identity.Layout, identity.Layout.ReportOptions.ComparesParts ? Compare(ledger, results) : results)
        {
            Metadata =
            [
                ("Seed", identity.Seed.ToString(CultureInfo.InvariantCulture)),
                ("Trials", FormattableString.Invariant(
                    $"{ledger.TrialCount:N0} of {Shard.Whole.CountTrials(identity.Configurations):N0}")),
                ("LatchLab", identity.Program),
                ("Random streams", $"version {identity.RandomStreams}"),
            ],
            Logs = [
                .. DiagnosticsSelection.Select(identity.Layout, ledger.FindLoggedConfigurations()).SelectMany(
                    configuration => GroupByTrial(ledger.ReadSnapshots(configuration)))],
        };
    }

    /// <summary>Creates the configurations with the summaries of their trials.</summary>
    internal static IReadOnlyList<ConfigurationResult> Summarize(
        LedgerIdentity identity, IReadOnlyList<OutcomeTotals> totals)
        =>
        [
            .. from configuration in identity.Configurations.Zip(totals).Index()
               let settings = configuration.Item.First.Settings
               let task = FindGeneratedTask(settings)
               select new ConfigurationResult(
                   settings, OutcomeSummary.Create(configuration.Item.Second, GetBudget(settings)) with
                   {
                       RootMeanSquareErrorScale = GetRootMeanSquareErrorScale(
                           identity.Layout, configuration.Index),
                   })
               {
                   ChanceError = GetOfDataset(identity.Layout.DatasetChanceErrors, configuration.Index)
                       ?? task?.ChanceError ?? double.NaN,
                   ChanceMeanSquaredError =
                       GetOfDataset(identity.Layout.DatasetChanceMeanSquaredErrors, configuration.Index)
                       ?? task?.ChanceMeanSquaredError ?? double.NaN,
               },
        ];

    /// <summary>Adds the summaries for a comparison, which the totals do not give, from the trials.</summary>
    private static ConfigurationResult[] Compare(
        LedgerReader ledger, IReadOnlyList<ConfigurationResult> results)
    {
        ConfigurationResult[] compared = [.. results];
        var outcomes = new List<Outcome>(); // of one configuration: the ledger gives them in order
        int current = 0;
        foreach (LedgerTrial trial in ledger.ReadTrials())
        {
            if (trial.ConfigurationIndex != current)
                Complete(trial.ConfigurationIndex);
            outcomes.Add(trial.Outcome);
        }

        Complete(next: 0);
        return compared;

        void Complete(int next)
        {
            if (outcomes.Count > 0)
            {
                compared[current] = compared[current] with
                {
                    Compared = compared[current].Summary.ForComparison(
                        outcomes, ledger.Identity.Configurations[current].TestSequences,
                        outcome => outcome.PresentationsToStop),
                };
            }

            outcomes.Clear();
            current = next;
        }
    }

    private static double GetBudget(IReadOnlyList<(string Field, string Value)> settings)
        => settings.FirstOrDefault(setting => setting.Field == "rule.presentations").Value is { } budget
            ? double.Parse(budget, CultureInfo.InvariantCulture) : double.NaN;

    private static double GetRootMeanSquareErrorScale(SweepLayout layout, int configuration)
        => layout.RootMeanSquareErrorScale.ElementAtOrDefault(configuration) is > 0.0 and var units ? units
            : double.NaN;

    private static double? GetOfDataset(IReadOnlyList<double>? numbers, int configuration)
        => numbers?.ElementAtOrDefault(configuration) is > 0.0 and var number ? number : null;

    /// <summary>The known task of a configuration, with its default settings; null if it is not generated.</summary>
    private static GeneratedTask? FindGeneratedTask(IReadOnlyList<(string Field, string Value)> settings)
        => KnownTasks.Generated.FirstOrDefault(
            task => settings.Contains((ConfigurationSettings.TaskField, task.Name)));

    /// <summary>Groups consecutive snapshots by trial.</summary>
    private static IEnumerable<TrialLog> GroupByTrial(IEnumerable<LedgerSnapshot> snapshots)
    {
        var log = new List<LedgerSnapshot>();
        foreach (LedgerSnapshot snapshot in snapshots)
        {
            if (log.Count > 0
                && (log[0].ConfigurationIndex, log[0].Trial) != (snapshot.ConfigurationIndex, snapshot.Trial))
            {
                yield return CreateLog(log);
                log = [];
            }

            log.Add(snapshot);
        }

        if (log.Count > 0)
            yield return CreateLog(log);
    }

    private static TrialLog CreateLog(List<LedgerSnapshot> snapshots)
        => new(snapshots[0].ConfigurationIndex, snapshots[0].Trial,
            [.. snapshots.Select(snapshot => snapshot.Snapshot)]);
}
