using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Ledger.Runs;

/// <summary>
/// Runs a sweep and records its trials in a ledger. Trials that the ledger already holds are skipped. Completed trials
/// are added to the ledger and not kept in memory.
/// </summary>
public sealed class LedgerRun
{
    // So few that they take a small part of a sweep, and enough for a first impression of every configuration.
    private const int LeadingTrials = 3;

    private readonly SweepPlan _plan;
    private readonly Shard _shard;
    private readonly List<int> _firstConfigurations = [];    // [part]

    /// <summary>Creates a run without starting it.</summary>
    /// <param name="plan">The plan to run.</param>
    /// <param name="sweepText">The text of the sweep file.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="shard">The shard to run.</param>
    public LedgerRun(SweepPlan plan, string sweepText, RunOptions options, Shard shard)
    {
        (_plan, _shard, Options) = (plan, shard, options);
        int configurationCount = 0;
        foreach (SweepPart part in plan.Parts)
        {
            _firstConfigurations.Add(configurationCount);
            configurationCount += part.Configurations.Count;
        }

        Identity = new()
        {
            Seed = plan.Seed,
            LoggedTrials = plan.LoggedTrials,
            Name = plan.Name,
            SweepText = sweepText,
            Shard = shard,
            Layout = plan.Layout,
            DataFiles = [.. GetDataFiles(plan)],
            Configurations = [.. from part in plan.Parts
                        from configuration in part.Configurations
                        select new LedgerConfiguration(
                            part.Name,
                            part.TrialsPerConfiguration,
                            configuration.TrainingSequences,
                            configuration.TestSequences,
                            [.. ConfigurationSettings.GetSettings(configuration).Select(
                                setting => (setting.Path, setting.Value))])
                        {
                            Diagnostics = configuration.Learner.DiagnosticNames,
                        }],
        };
    }

    /// <summary>The options of the run.</summary>
    public RunOptions Options { get; }

    /// <summary>The identity of the ledger.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>Creates the progress of the trials that a ledger lacks.</summary>
    /// <param name="ledger">The ledger.</param>
    public RunProgress CreateProgress(TrialLedger ledger)
        => RunProgress.Create([
            .. from part in _plan.Parts.Index()
               from configuration in part.Item.Configurations.Index()
               select (configuration.Item,
                   CountMissing(ledger, _firstConfigurations[part.Index] + configuration.Index,
                       part.Item.TrialsPerConfiguration)),
        ]);

    /// <summary>Runs every trial that the ledger lacks.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="progress">Counts the completed trials.</param>
    /// <param name="cancellation">Cancels the run; completed trials are in the ledger.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="IOException">The ledger cannot be written.</exception>
    public void Run(TrialLedger ledger, RunProgress progress, CancellationToken cancellation = default)
    {
        ledger.ReportTimeLeft(() => progress.TimeLeft);
        TrialRunner.Run(
            _plan.Sweeps,
            Options,
            new LedgerSink(this, ledger, progress),
            trial => _shard.Contains(GetConfigurationIndex(trial), trial.TrialIndex)
                && !ledger.Contains(GetConfigurationIndex(trial), trial.TrialIndex),
            LeadingTrials,
            progress.Monitor,
            cancellation);
    }

    /// <summary>
    /// Returns the data files of the tasks. A file read with several sets of columns has a fingerprint for each.
    /// </summary>
    private static IEnumerable<(string File, string Fingerprint)> GetDataFiles(SweepPlan plan)
        => plan.Parts.SelectMany(part => part.Configurations).OfType<TrainingConfiguration>()
            .Select(configuration => configuration.Task).OfType<DatasetTask>()
            .GroupBy(task => task.File, task => task.Dataset?.Digest ?? "")
            .Select(file => (file.Key, string.Join(' ', file.Distinct())));

    private int GetConfigurationIndex(in PendingTrial trial)
        => _firstConfigurations[trial.SweepIndex]
            + ((trial.ResultIndex - trial.TrialIndex) / _plan.Parts[trial.SweepIndex].TrialsPerConfiguration);

    private long CountMissing(TrialLedger ledger, int configuration, int trials)
    {
        long missing = 0;
        for (int trial = 0; trial < trials; trial++)
            missing += _shard.Contains(configuration, trial) && !ledger.Contains(configuration, trial) ? 1 : 0;
        return missing;
    }

    private sealed class LedgerSink(LedgerRun run, TrialLedger ledger, RunProgress progress) : ITrialSink
    {
        public bool RecordsDiagnostics(in PendingTrial trial) => trial.TrialIndex < run._plan.LoggedTrials;

        public void Record(
            in PendingTrial trial,
            in Outcome outcome,
            ReadOnlySpan<double> parameters,
            IReadOnlyList<DiagnosticSnapshot> snapshots)
        {
            ledger.Add(run.GetConfigurationIndex(trial), trial.TrialIndex, outcome, parameters, snapshots);
            progress.AddCompletedTrial(trial.Configuration, outcome);
        }
    }
}
