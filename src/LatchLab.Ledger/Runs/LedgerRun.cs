using LatchLab.Ledger.Identity;
using LatchLab.Ledger.Writing;
using LatchLab.Numerics;
using LatchLab.Sweeps;
using LatchLab.Tasks;
using LatchLab.Training;

namespace LatchLab.Ledger.Runs;

/// <summary>
/// A sweep that runs into a ledger: what the ledger holds is skipped, what ends is added, and nothing else is kept in
/// memory.
/// </summary>
public sealed class LedgerRun
{
    private readonly SweepPlan _plan;
    private readonly Shard _shard;
    private readonly List<int> _firstConfigurations = [];     // [part]

    /// <summary>A run that has not begun.</summary>
    /// <param name="plan">What is to be run.</param>
    /// <param name="sweepText">The text of its sweep file.</param>
    /// <param name="options">How.</param>
    /// <param name="shard">Which part of the trials.</param>
    public LedgerRun(SweepPlan plan, string sweepText, RunOptions options, Shard shard)
    {
        (this._plan, this._shard, Options) = (plan, shard, options);
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
                                setting => (setting.Field, setting.Value))])],
        };
    }

    /// <summary>How it runs.</summary>
    public RunOptions Options { get; }

    /// <summary>What its ledger is about.</summary>
    public LedgerIdentity Identity { get; }

    /// <summary>How many trials it has that a ledger lacks, and how far they are.</summary>
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
    /// <param name="progress">Counts them.</param>
    /// <param name="cancellation">Ends the run early; what has ended is in the ledger.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    /// <exception cref="IOException">The ledger cannot be written.</exception>
    public void Run(TrialLedger ledger, RunProgress progress, CancellationToken cancellation = default)
        => TrialRunner.Run(
            _plan.Sweeps,
            Options,
            new LedgerSink(this, ledger, progress),
            trial => _shard.Contains(GetConfigurationIndex(trial), trial.TrialIndex)
                && !ledger.Contains(GetConfigurationIndex(trial), trial.TrialIndex),
            progress.Monitor,
            cancellation);

    /// <summary>The files that tasks name; one of which several columns were read has a fingerprint of each.</summary>
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
            ledger.Add(run.GetConfigurationIndex(trial), trial.TrialIndex, outcome, snapshots);
            progress.AddCompletedTrial(trial.Configuration.ExpectedWork);
        }
    }
}
